"""The rows of the cost table: a call with one kind of value each.

`call` is what `omnitrace calls --json --stable` must show of the first call. `uftrace` are the
options that make uftrace show the value, and what its first line must then contain; None where no
option does.
"""
from dataclasses import dataclass

ITEM = {'id': 7, 'price': 2.5, 'sold': True}
TEXT = 'twenty characters...'
STOCK = {f'item {i}': i for i in range(10)}


@dataclass(frozen=True)
class Row:
    name: str
    title: str
    call: dict
    uftrace: tuple = None


ROWS = (
    Row('nothing', 'nothing', {'args': {}}, ('foo::nothing()',)),
    Row('number', '`int`', {'args': {'n': 7}}, ('-A', 'foo::number@arg1/i32', 'foo::number(7)')),
    Row('pair', 'two `int` that returns one', {'args': {'a': 0, 'b': 7}, 'return': 7},
        ('-A', 'foo::pair@arg1/i32,arg2/i32', '-R', 'foo::pair@retval/i32',
         'foo::pair(0, 7) = 7')),
    Row('reference', 'a struct of 3 fields, `const&`', {'args': {'item': ITEM}}),
    Row('value', 'the same by value', {'args': {'item': ITEM}}),
    Row('text', '`std::string` of 20 characters', {'args': {'text': TEXT}},
        ('-A', 'foo::text@arg1/S', f'foo::text("{TEXT}"s)')),
    Row('numbers', '`std::vector` of 8 `int`', {'args': {'numbers': list(range(1, 9))}}),
    Row('table', '`std::map` of 10 strings to `int`', {'args': {'stock': STOCK}}),
    Row('table_among_threads', 'the same in a program with threads', {'args': {'stock': STOCK}}),
    Row('pointer', '`const` pointer to the struct', {'args': {'item': {'at': '0x…', **ITEM}}}),
    Row('changed', 'pointer to the struct, which changes',
        {'args': {'item': {'at': '0x…', **ITEM}},
         'changed': {'item': {'at': '0x…', **ITEM, 'id': 8}}}),
    Row('result', '`std::string` as result', {'args': {}, 'return': TEXT},
        ('-R', '^foo::result@retval/S', f'"{TEXT}"s')),
)

PAIR = next(row for row in ROWS if row.name == 'pair')
CLOCK = Row('clock', 'two readings of the clock', {})
