"""What the exchanges room contributes."""

from __future__ import annotations

from core.commands import PlainWords
from core.exchanges import (
    agree,
    block,
    confirm,
    dispute,
    gallery,
    intents,
    propose,
    report,
    safety_intents,
    show,
    talk,
    thank,
)
from core.exchanges.commands import COMMANDS
from core.exchanges.jobs import JOBS
from core.exchanges.notices import NOTICES
from core.feature import Feature, Undoer, verb

VERBS = (
    verb(intents.OpenPropose, propose.open_propose),
    verb(intents.Propose, propose.propose),
    verb(intents.OpenAccept, agree.open_accept),
    verb(intents.Accept, agree.accept),
    verb(intents.OpenSuggest, agree.open_suggest),
    verb(intents.Suggest, agree.suggest),
    verb(intents.Decline, agree.decline),
    verb(intents.Withdraw, agree.withdraw),
    verb(intents.ManagerAgreed, agree.manager_agreed),
    verb(intents.OpenMessage, talk.open_message),
    verb(intents.SendMessage, talk.send_message),
    verb(intents.SendDraft, talk.send_draft),
    verb(intents.DropDraft, talk.drop_draft),
    verb(PlainWords, talk.plain_words),
    verb(intents.OpenClaim, confirm.open_claim),
    verb(intents.Claim, confirm.claim),
    verb(intents.Confirm, confirm.confirm),
    verb(intents.OpenCorrect, confirm.open_correct),
    verb(intents.Correct, confirm.correct),
    verb(intents.Cancel, confirm.cancel),
    verb(intents.OpenThanks, thank.open_thanks),
    verb(intents.Thank, thank.thank),
    verb(intents.ShowExchange, show.show_exchange),
    verb(intents.ReadTalk, show.read_talk),
    verb(intents.ListExchanges, show.list_exchanges),
    verb(safety_intents.OpenDispute, dispute.open_dispute),
    verb(safety_intents.Dispute, dispute.dispute),
    verb(safety_intents.Attach, dispute.attach),
    verb(safety_intents.ListDisputes, dispute.list_disputes),
    verb(safety_intents.OpenResolve, dispute.open_resolve),
    verb(safety_intents.Resolve, dispute.resolve),
    verb(safety_intents.OpenReport, report.open_report),
    verb(safety_intents.SendReport, report.send_report),
    verb(safety_intents.ListReports, report.list_reports),
    verb(safety_intents.CloseReport, report.close_report),
    verb(safety_intents.Block, block.block),
    verb(safety_intents.Unblock, block.unblock),
    verb(safety_intents.ListBlocked, block.list_blocked),
)

FEATURE = Feature(
    "exchanges",
    verbs=VERBS,
    commands=COMMANDS,
    notices=NOTICES,
    jobs=JOBS,
    undoers=(
        Undoer("exchange.proposal", agree.undo_proposal),
        Undoer("exchange.claim", confirm.undo_claim),
    ),
    gallery=gallery.examples,
)
