"""Operators and conversions of a class."""
from body import account
from calls import Function
from values import Param


def some(class_):
    world, rng = class_.world, class_.rng
    named = {each.name: each for each in world.types}
    lines = []
    for make in rng.sample(OPERATORS, rng.randint(0, 3)):
        lines += make(class_, named)
    return lines


def operator(class_, head, name, params, result, use, rest):
    body = class_.body(f'operator{name}', result)
    class_.members.append(Function(use, [], result, class_.order, True))
    return [f'{head} {{', account(body.name, params, own=class_.is_told()),
            f'unsigned acc = {class_.rng.randint(1, 99)}u;',
            *(f'acc = check::Mix(acc, {field});' for field, _ in class_.fields), rest, '}']


def plus(class_, named):
    return operator(class_, f'{class_.name} operator+(const {class_.name}& o) const', '+',
                    [Param('o', class_.type, 'cref')], class_.type, '({0} + {0})',
                    'return acc % 2u ? o : *this;')


def equal(class_, named):
    return operator(class_, f'bool operator==(const {class_.name}& o) const', '==',
                    [Param('o', class_.type, 'cref')], named['bool'], '({0} == {0})',
                    'return call.Returns<bool>(acc % 2u == 0);')


def add_to(class_, named):
    return operator(class_, f'{class_.name}& operator+=(long n)', '+=',
                    [Param('n', named['long'], 'value')], None, '({0} += 5L)',
                    'return *this;')


def index(class_, named):
    return operator(class_, 'int operator[](unsigned i) const', '[]',
                    [Param('i', named['unsigned'], 'value')], named['int'], '({0}[acc])',
                    'return call.Returns<int>(int((acc + i) % 1000u));')


def call(class_, named):
    return operator(class_, 'short operator()(short a, bool b)', '()',
                    [Param('a', named['short'], 'value'), Param('b', named['bool'], 'value')],
                    named['short'], '({0}(short(acc % 100u), true))',
                    'return call.Returns<short>(short(acc % 100u + b));')


def increment(class_, named):
    return operator(class_, f'{class_.name} operator++(int n)', '++',
                    [Param('n', named['int'], 'value')], class_.type, '({0}++)',
                    f'{class_.name} old = *this;\nreturn old;')


def conversion(class_, named):
    return operator(class_, 'explicit operator double() const', ' double', [], named['double'],
                    'static_cast<double>({0})', 'return call.Returns<double>(acc % 100u / 4.0);')


OPERATORS = [plus, equal, add_to, index, call, increment, conversion]
