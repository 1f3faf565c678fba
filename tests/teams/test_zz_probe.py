import json,re
import pytest, pytest_asyncio
from typing import get_type_hints
from tests.teams.wired import wired, SOUTHGATE, pressed
from tests.attack.arena import Arena
from tests.teams.fake_teams import CHANNEL
@pytest_asyncio.fixture
async def house(world, teams):
    async with wired(world, teams) as h: yield h
ENG=re.compile(r"\b(the|you|your|and|is|this|type|of|have|with|that|not|are|for|here|what)\b",re.I)
def strings(x):
    if isinstance(x,dict):
        for k,v in x.items():
            if k in ("data","type","contentType","$schema","id","url","version","verb","mentioned","height","width","style","size","weight","color","spacing","lang"): continue
            yield from strings(v)
    elif isinstance(x,list):
        for v in x: yield from strings(v)
    elif isinstance(x,str): yield x
async def test_welsh_walk(house, teams):
    w=house.world
    Arena(w).fill()
    from core.organisations.model import Role
    ana=house.member("Wenna"); ana.locale="en-GB"
    w.grants(house.inside(ana),Role.LEAD,"SGH"); w.grants(house.inside(ana),Role.ADMIN)
    await ana.say("iaith cymraeg")
    seen={}
    def note(src,t):
        for s in strings(t):
            for line in s.splitlines():
                if len(ENG.findall(line))>=2 and line not in seen: seen[line]=src
    words=sorted({x for c in w.house.commands for x in c.words})
    n0=len(ana.messages)
    for x in words:
        if x in ("leave","gadael"): continue
        for y in (x, "help "+x, x+" zzz 7", x+" X-7K2"):
            if y.startswith(("language","iaith")): continue
            n=len(ana.messages); await ana.say(y)
            for m in ana.messages[n:]: note(y,m.activity)
    for kind in w.engine.vocabulary:
        if kind.name in ("members.leave-now","members.language"): continue
        for num in (0,1,2,99):
            hints=get_type_hints(kind)
            wire={"do":kind.name,**{k:num for k,h in hints.items() if h is int}, **{k:"xx" for k,h in hints.items() if h is str}}
            for act in (pressed(ana,wire), ana.activity("invoke",name="task/submit",value={"data":{"hourbridge":{"intent":wire,"opened_by":wire,"fields":{}}}}), ana.activity("invoke",name="composeExtension/submitAction",value={"commandId":"ask","data":{"hourbridge":{"intent":wire}}})):
                n=len(ana.messages); a=await ana.deliver(act); note(kind.name,a)
                for m in ana.messages[n:]: note(kind.name,m.activity)
            with w.store.begin() as b:
                from core.members.model import Member
            if house.inside(ana).member.language!="cy": print("LANG CHANGED by",kind.name); await ana.say("iaith cymraeg")
    for cmd in ("offer","ask","turn","find","zz"):
        for nm in ("composeExtension/fetchTask","composeExtension/query","composeExtension/submitAction"):
            a=await ana.deliver(ana.activity("invoke",name=nm,value={"commandId":cmd,"parameters":[{"name":"words","value":"qqqq"}],"messagePayload":{"body":{"content":"x"}}})); note(nm+cmd,a)
    await ana.say_in_channel("oriau"); await ana.say_in_channel("oriau",targeted=True)
    for c in teams.chats.get(f"{CHANNEL};messageid=1",[]): note("channel",c.activity)
    for k,v in seen.items(): print("ENG|",v,"|",k[:200])
    print("n",len(seen))
