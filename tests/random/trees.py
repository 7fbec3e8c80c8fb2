"""Calls as trees: as the program told them, as omnitrace recorded them, and what differs."""
import dataclasses
import json
import re

ANY = {'any': 0}
OF_CLOSURE = re.compile(r'.*(\(lambda \d+:\d+\))::~?\1')  # which the compiler writes


@dataclasses.dataclass
class Call:
    name: str
    args: dict
    this: object
    outcome: str = 'open'
    result: object = None
    children: list = dataclasses.field(default_factory=list)


class Told:
    """Reads what call_log.h writes."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            self.events = [json.loads(line) for line in file]
        self.at = 0

    def calls(self):
        roots = []
        while self.at < len(self.events):
            roots.append(self.call())
        return roots

    def take(self):
        self.at += 1
        return self.events[self.at - 1]

    def call(self):
        _, name, args = self.take()
        call = Call(name, args, args.pop('this', ANY))
        while self.at < len(self.events):
            if self.events[self.at][0] == 'enter':
                call.children.append(self.call())
                continue
            kind, call.outcome, rest = self.take()
            if kind == 'body':
                self.parts(call, rest)
            else:
                # A destructor may throw after the result is there.
                call.result = rest if call.outcome == 'returned' else None
            break
        return call

    def parts(self, call, number):
        """Of a destructor, which also leaves what one of them throws."""
        for _ in range(number):
            call.children.append(self.call())
            if call.children[-1].outcome == 'thrown':
                call.outcome = 'thrown'


def recorded(lines, implicit):
    """From `omnitrace calls --json`; a call of a class in `implicit`, whose members the compiler
    writes, is left out, and what it calls belongs to its caller."""
    roots, by_id = [], {}
    for line in lines:
        record = json.loads(line)
        parent = by_id.get(record['parent'])
        siblings = parent.children if parent else roots
        call = Call(record['name'], record['args'], record.get('this'), outcome_of(record),
                    record.get('return'))
        if call.name.rpartition('::')[0] in implicit or OF_CLOSURE.fullmatch(call.name):
            call.children = siblings
        else:
            siblings.append(call)
        by_id[record['id']] = call
    return roots


def outcome_of(record):
    for key, outcome in (('thrown', 'thrown'), ('open', 'open'), ('unwound', 'unwound')):
        if key in record:
            return outcome
    return 'returned'


def same_value(told, seen):
    """Whether a recorded value is the told one; a pointer's address is not told."""
    if told == ANY:
        return True
    if isinstance(seen, dict) and 'at' in seen:
        rest = {key: value for key, value in seen.items() if key != 'at'}
        return same_value(told, rest['value'] if list(rest) == ['value'] else rest)
    if isinstance(told, dict) and isinstance(seen, dict):
        return told.keys() == seen.keys() and all(same_value(told[key], seen[key]) for key in told)
    if isinstance(told, list) and isinstance(seen, list):
        return len(told) == len(seen) and all(map(same_value, told, seen))
    return type(told) is type(seen) and told == seen


def difference(told, seen, where='the program'):
    """The first difference of two lists of calls, or None."""
    for index, (one, other) in enumerate(zip(told, seen)):
        here = f'{where} > {one.name}#{index}'
        for part in ('name', 'outcome'):
            if getattr(one, part) != getattr(other, part):
                return f'{here}: {part}: told {getattr(one, part)}, recorded {getattr(other, part)}'
        for part in ('this', 'args', 'result'):
            if not same_value(getattr(one, part), getattr(other, part)):
                return f'{here}: {part}: told {getattr(one, part)}, recorded {getattr(other, part)}'
        inside = difference(one.children, other.children, here)
        if inside:
            return inside
    if len(told) != len(seen):
        return (f'{where}: told the calls {[each.name for each in told]}, '
                f'recorded {[each.name for each in seen]}')
    return None


def count(calls):
    return sum(1 + count(each.children) for each in calls)
