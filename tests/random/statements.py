"""Statements that need nothing but values."""


def arithmetic(body):
    return [f'acc = acc * {body.rng.randint(2, 9)}u + {body.rng.randint(0, 99)}u;']


def print_digest(body):
    return ['check::Print(acc);']


def local_variable(body):
    type_ = body.rng.choice(body.types())
    name = body.world.fresh('v')
    line = f'{type_.name} {name} = {body.value(type_)};'
    body.variables.append((name, type_, False))
    return [line, f'acc = check::Mix(acc, {name});']


def assignment(body):
    writable = [(text, type_) for text, type_, is_constant in body.variables if not is_constant]
    if not writable:
        return arithmetic(body)
    text, type_ = body.rng.choice(writable)
    return [f'{text} = {body.value(type_)};']


def throw(body):
    value = body.rng.choice(body.world.exceptions_before(body.order)).thrown(body)
    return [f'if (acc % {body.rng.randint(3, 7)}u == {body.rng.randint(0, 2)}u) throw {value};']


def early_return(body):
    return [f'if (acc % {body.rng.randint(4, 9)}u == 0) {body.return_line()}']


STATEMENTS = [(arithmetic, 2), (print_digest, 1), (local_variable, 3), (assignment, 2),
              (throw, 2.5), (early_return, 1)]
