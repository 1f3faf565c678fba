from __future__ import annotations
import random, dataclasses, typing, collections, logging, os, traceback
import pytest
from core.ui.intents import _hints, Unreadable, to_wire
from core.ui.replies import Refuse
from tests.attack.arena import Arena, SECRET
from core.ui.plain import plain

STR = ["", " ", "x", "\x00", "a\x00b", "\ud800", "a\udfffb", "\u202e\u202eabc", "\u200b", "e\u0301"*300, "x"*5000, "x"*200000, "2", "²", "١", "1e309", "9"*400, "1 hour", "1e5 hours", "-1 hour", "15 minutes", "9"*30+" hours", "2026-06-01", "0000-00-00", "9999-12-31", "31 February", "tomorrow", "1 January 10000", "in 99999999999 days", "next week", "member:1", "member:2", "member:0", "member:999999999", "organisation:1", "organisation:999", "community", "member:²", "exchange:1", "exchange:999999999999999999999", "exchange:²", "exchange:١", "exchange:-1", "exchange:", "post:1", "post:9999999999", "member:99999999999", "message:1", "exchange:1:2", "E-222", "E-7K2", "A-222", "O-999999999", "E-ZZZZZZZZZ", "C-ZZZZZZZZZ","ask","offer","cy","en","fr","work","own","both","agreed","needed","site:1", "site:99999999999", "online", "%", "_", "' OR 1=1 --", "\"", "NEAR(", "a AND", "*", "a:*", "(", "\\", "<script>", "{x}", "{0}", "%s", "NGH", "Ana Ward", "Ben Lowe", "Ana Ward, NGH", "22:00", "99:99", "25", "Europe/London", "Mars/Phobos", "../etc/passwd", "yes", "no", "silent", "daily", "in_app", "slack", "teams", "slack:T:U", "\n\r\t", "😀"*100, "#spc", "#"*300, "1 hour"*50, "\U0010ffff", "\ufdd0", "a b c d e f "*3000, "‏ש", "½", "½ hour", "1½ hours", "١ ساعة", "１ hour", "1h" * 1000, "1:30", "1:99", "100000000000000000000h", "1."+"0"*5000+"1h", "(("*2000, "a@b.c "*1000]
INT = [0,1,2,3,4,5,6,7,8,9,10,11,12,-1,-2,2**31-1,2**31,2**31+1,-2**31,-2**31-1,2**53,2**62-1,-2**62+1,2**62,2**63,2**70,10**18,"1","007","²","99999999999999999","999999999999999999","-1"]
BAD = [None, 1.5, float("nan"), float("inf"), {}, {"a":1}, [], [1], [None], [["x"]], True, False, [["a","b"]], "x", 3, "", ["a"], ["a","b"], ["\x00"]]

@pytest.mark.parametrize("seed", range(int(os.environ.get("SEEDS","1"))))
def test_explore(world, seed, caplog):
    rng = random.Random(seed)
    arena = Arena(world); arena.fill()
    assert arena.breaches() == []
    fails = collections.Counter(); examples = {}
    kinds = list(world.engine.vocabulary)
    import core.engine as ce
    n = 0
    for i in range(int(os.environ.get("N","4000"))):
        kind = rng.choice(kinds)
        if kind.name in ("members.leave-now","members.merge"): 
            if rng.random()<.9: continue
        wire = {"do": kind.name}
        hints = _hints(kind)
        for name, hint in hints.items():
            r = rng.random()
            if r < .12: continue
            if r < .2: wire[name] = rng.choice(BAD)
            elif hint is int: wire[name] = rng.choice(INT)
            elif hint is bool: wire[name] = rng.choice([True,False,"yes",""])
            elif hint is str: wire[name] = rng.choice(STR)
            else: wire[name] = [rng.choice(STR) for _ in range(rng.randint(0,3))]
        try:
            intent = world.engine.vocabulary.read(wire)
        except Unreadable: continue
        except Exception as e:
            key = ("READ", kind.name, repr(e)[:200]); fails[key]+=1; examples.setdefault(key, wire); continue
        who = rng.choice(arena.everybody)
        caplog.clear()
        n += 1
        try:
            t = __import__("time").perf_counter()
            who.does(intent)
            dt = __import__("time").perf_counter()-t
            if dt > .5: print("SLOW", dt, kind.name, str(wire)[:200])
            who.text
        except Exception as e:
            key = ("TEXT", kind.name, traceback.format_exc()[-600:]); fails[key]+=1; examples.setdefault(key, wire)
        if who.refused == "failed":
            tb = [r for r in caplog.records if r.exc_info]
            f = traceback.extract_tb(tb[0].exc_info[2])
            mine=[x for x in f if "/core/" in x.filename or "/storage/" in x.filename][-1]
            key = ("FAILED", kind.name, type(tb[0].exc_info[1]).__name__+": "+str(tb[0].exc_info[1])[:160], f"{mine.filename}:{mine.lineno}", )
            fails[key]+=1; examples.setdefault(key, (who.caller.name, str(wire)[:300]))
        if who in (arena.cai, arena.vic, arena.out) and SECRET in who.text:
            key=("LEAK", kind.name, who.caller.name); fails[key]+=1; examples.setdefault(key,(wire, who.text[:500]))
        if n % 500 == 0:
            b = arena.breaches()
            if b: print("BREACH", n, b[:5]); break
            world.deliver()
    print("performed", n)
    world.deliver()
    b = arena.breaches()
    print("BREACHES", b)
    for k, c in fails.most_common(60): print(c, k, "\n     e.g.", str(examples[k])[:400])
