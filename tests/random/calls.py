"""Statements that call: functions, members of objects, through pointers, through frames outside."""
import dataclasses

from values import Param

PASSING = ['value', 'value', 'value', 'cref', 'ref', 'pointer']


@dataclasses.dataclass
class Function:
    """Something to call: by its name or, of an operator, by the whole expression."""
    name: str  # `{0}` in it stands for the object
    params: list
    result: object
    order: int
    is_whole: bool = False


def make_params(body, most):
    return [make_param(body) for _ in range(body.rng.randint(0, most))]


def make_param(body):
    type_, passing = body.rng.choice(body.types()), body.rng.choice(PASSING)
    if type_.name == 'char' and passing == 'pointer':  # would be shown as a text
        passing = 'ref'
    return Param(body.world.fresh('p'), type_, passing)


def make_signature(body, most):
    """Parameters and result; often those that a callback has."""
    if body.rng.random() < 0.25:
        digest = next(each for each in body.types() if each.name == 'unsigned')
        return [Param(body.world.fresh('p'), digest, 'value')], digest
    return make_params(body, most), body.rng.choice([None] + [*body.types()])


def order_of(params, result):
    return max([each.type.order for each in params] + [result.order if result else 0])


def argument(body, param, before):
    """The text of an argument; lines that it needs are added to `before`."""
    if param.passing in ('value', 'cref'):
        return body.value(param.type)
    known = body.variables_of(param.type, writable=True)
    if known and body.rng.random() < 0.6:
        name = body.rng.choice(known)
    else:
        name = body.world.fresh('v')
        before.append(f'{param.type.name} {name} = {param.type.make(body.rng)};')
        body.variables.append((name, param.type, False))
    return f'&{name}' if param.passing == 'pointer' else name


def call_lines(body, name, params, result):
    before = []
    call = f'{name}({", ".join(argument(body, each, before) for each in params)})'
    return before + use(body, call, result)


def use(body, call, result):
    """Statements that use a call's result, or not."""
    kind = body.rng.choice(['drop', 'mix', 'mix', 'keep']) if result else 'drop'
    if kind == 'drop':
        return [f'{call};']
    if kind == 'mix':
        return [f'acc = check::Mix(acc, {call});']
    name = body.world.fresh('v')
    form = body.rng.choice(['{0} {1} = {2};', 'auto {1} = {2};', 'const {0}& {1} = {2};'])
    body.variables.append((name, result, form.startswith('const')))
    return [form.format(result.name, name, call), f'acc = check::Mix(acc, {name});']


def call_function(body):
    functions = body.functions()
    if not functions:
        return []
    function = body.rng.choice(functions)
    return call_lines(body, function.name, function.params, function.result)


def takes_digest(params, result):
    return (result and result.name == 'unsigned' and len(params) == 1 and
            params[0].passing == 'value' and params[0].type is result)


def call_outside(body):
    """Through a frame that is not traced."""
    functions = [each for each in body.functions() if takes_digest(each.params, each.result)]
    if not functions:
        return []
    name = body.rng.choice(functions).name
    if body.rng.random() < 0.3:
        name = f'std::function<unsigned(unsigned)>({name})'
    return [f'acc = check::{body.rng.choice(["Apply", "ApplyAndRethrow"])}({name}, acc);']


def use_object(body):
    """An object with some of what its class can do."""
    if not body.classes():
        return []
    lines, name, class_ = body.rng.choice(body.classes()).create(body)
    for _ in range(body.rng.randint(1, 3)):
        lines += call_member(body, class_, name)
    return lines


def call_member(body, class_, name):
    members = [each for each in class_.members if each.order < body.order]
    if not members:
        return []
    member = body.rng.choice(members)
    text = member.name.format(name)
    if member.is_whole:
        return use(body, text, member.result)
    return call_lines(body, text, member.params, member.result)


STATEMENTS = [(call_function, 4), (call_outside, 0.7), (use_object, 3)]
