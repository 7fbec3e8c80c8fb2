"""Types of arguments and results that are plain values: numbers, enums, structs, unions, std's."""
import dataclasses
import typing


@dataclasses.dataclass
class Type:
    name: str
    # Gives an expression of the type from the variable `acc`, an unsigned.
    make: typing.Callable
    order: int = 0  # of definition: 0 before all classes
    told: bool = True  # check::Call::Returns tells and passes it on
    nested: bool = True  # may be a member of a struct
    aligned: bool = False  # more than memory for exceptions is
    destroyed: int = 0  # how many destructors with an account of their own run at its end


@dataclasses.dataclass
class Param:
    name: str
    type: Type
    passing: str  # value, cref, ref, pointer

    def declaration(self):
        form = {'value': '{0} {1}', 'cref': 'const {0}& {1}', 'ref': '{0}& {1}',
                'pointer': '{0}* {1}'}[self.passing]
        return form.format(self.type.name, self.name)

    def generic(self):
        """The declaration in a generic lambda."""
        return Param(self.name, Type('auto', None), self.passing).declaration()


def cast_of(name, range_, least=0):
    def make(rng):
        shift = f' - {-least}' if least < 0 else f' + {least}' if least else ''
        return f'{name}(int(acc % {rng.randint(2, range_)}u){shift})'
    return make


def scalar_types():
    return [Type('bool', cast_of('bool', 2)), Type('char', cast_of('char', 26, ord('a'))),
            Type('signed char', lambda rng: 'static_cast<signed char>(acc % 200u - 100u)'),
            Type('unsigned char', lambda rng: 'static_cast<unsigned char>(acc)'),
            Type('short', cast_of('short', 60000, -30000)),
            Type('int', cast_of('int', 2000000000, -1000000000)),
            Type('unsigned', lambda rng: f'(acc * {rng.randint(3, 99)}u)'),
            Type('long', lambda rng: f'(long(acc) * {rng.randint(-2**31, 2**31)}L)'),
            Type('unsigned long long', lambda rng: '(~0ull - acc)'),
            Type('float', lambda rng: '(float(acc % 1000u) / 4)'),
            Type('double', lambda rng: '(double(acc) / 8 - 100)'),
            Type('long double', lambda rng: '(static_cast<long double>(acc % 5000u) / 2)')]


def library_types():
    return [Type('std::string', lambda rng: f"std::string(acc % {rng.choice([5, 20, 50])}u, 's')"),
            Type('std::vector<int>', lambda rng: 'std::vector<int>(acc % 5u, int(acc % 100u))')]


def enum_type(rng, number):
    """The type and its definition and description."""
    name, count = f'Enum{number}', rng.randint(1, 5)
    scope = rng.choice(['', 'class '])
    base = rng.choice(['', ' : unsigned char', ' : long', ' : short'] if scope else [' : int'])
    names = [f'e{number}_{i}' for i in range(count)]
    lines = [f'namespace foo {{ enum {scope}{name}{base} {{ {", ".join(names)} }}; }}']
    cases = ' '.join(f'case foo::{name}::{each}: return "\\"{each}\\"";' for each in names)
    lines += describe(f'foo::{name}', f'switch (value) {{ {cases} }}',
                      f'return "\\"{name}(" + std::to_string(long(value)) + ")\\"";')
    make = lambda rng: f'foo::{name}(acc % {rng.randint(count, count + 1)}u)'
    return Type(f'foo::{name}', make), lines


def describe(name, *body):
    return [f'template <> struct check::JsonText<{name}> {{',
            f'static std::string Of(const {name}& value) {{', *body, '}', '};',
            name_line(name)]


def name_line(name):
    return f'template <> inline const char* check::kNameOf<{name}> = "{name}";'


def describe_fields(name, fields):
    told = ''.join(f'("{field}", value.{field})' for field in fields)
    return describe(name, f'return check::Fields(){told}.Text();')


def struct_type(rng, number, members):
    """A struct without functions, of 1 to about 100 bytes."""
    name = f'Plain{number}'
    aligned = number > 0 and rng.random() < 0.15
    start = 'struct alignas(64) ' if aligned else 'struct '
    members = [each for each in members if aligned or not each.aligned]
    lines, fields, made = [], [], []
    for index in range(rng.choice([0, 1, 1, 2, 2, 3, 4, 6])):
        line, value = struct_field(rng, f'f{index}', members)
        lines.append(line)
        fields.append(f'f{index}')
        made.append(value)
    definition = [f'namespace foo {{ {start}{name} {{', *lines, '}; }']
    lines = definition + describe_fields(f'foo::{name}', fields)
    lines.append(f'namespace check {{ inline foo::{name} Make{name}(unsigned acc) {{ '
                 f'return {{{", ".join(made)}}}; }} }}')
    return Type(f'foo::{name}', lambda rng: f'check::Make{name}(acc + {rng.randint(0, 99)}u)',
                aligned=aligned), lines


def struct_field(rng, field, members):
    kind = rng.choice(['value'] * 4 + ['array', 'bytes', 'bits'])
    member = rng.choice(members)
    if kind == 'value':
        return f'{member.name} {field};', member.make(rng)
    if kind == 'bits':
        width = rng.randint(2, 20)
        type_ = rng.choice(['unsigned', 'int'])
        return f'{type_} {field} : {width};', f'{type_}(acc % {2 ** (width - 1)}u)'
    base, count = (('unsigned char', rng.randint(1, 24)) if kind == 'bytes' else
                   (rng.choice(['int', 'short', 'double']), rng.randint(1, 4)))
    values = ', '.join(f'static_cast<{base}>((acc + {i}) % 50u)' for i in range(count))
    return f'{base} {field}[{count}];', f'{{{values}}}'


def union_type(number):
    name = f'foo::Union{number}'
    lines = [f'namespace foo {{ union Union{number} {{ int whole; unsigned char first; }}; }}']
    return (Type(name, lambda rng: f'{name}{{int(acc % 1000u)}}', nested=False),
            lines + describe_fields(name, ['whole', 'first']))


def make_values(rng, size):
    """All value types and the lines that define them."""
    types, lines = scalar_types() + library_types(), []
    made = [enum_type(rng, number) for number in range(2)]
    for number in range(2 + size):
        nested = [type_ for type_, _ in made] + types
        made.append(struct_type(rng, number, [each for each in nested if each.nested]))
    made.append(union_type(0))
    for type_, definition in made:
        types.append(type_)
        lines += definition
    return types, lines
