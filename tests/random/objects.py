"""Statements with many objects: arrays, containers, static objects."""


def copied(body):
    """A class whose objects can be in arrays; None where there is none."""
    found = [each for each in body.classes() if each.kind in ('value', 'error')]
    return body.rng.choice(found) if found else None


def array(body):
    class_ = copied(body)
    if not class_:
        return []
    name, type_ = body.world.fresh('a'), class_.full
    values = f'{{{class_.make(body.rng)}, {class_.make(body.rng)}}}'
    return [body.rng.choice([f'{type_} {name}[] = {values};',
                             f'std::unique_ptr<{type_}[]> {name}(new {type_}[2]{values});']),
            f'{name}[0] = {name}[1];', f'acc = check::Mix(acc, {name}[0]);']


def container(body):
    class_ = copied(body)
    if not class_:
        return []
    name, other = body.world.fresh('c'), body.world.fresh('c')
    return [f'std::vector<{class_.full}> {name};', f'{name}.push_back({class_.make(body.rng)});',
            f'{name}.emplace_back(int(acc % 5u));',
            f'if (acc % 3u == 0) {name}.erase({name}.begin());',
            body.rng.choice([f'auto {other} = {name};', f'auto {other} = std::move({name});']),
            f'for (const auto& each : {other}) acc = check::Mix(acc, each);']


def sort(body):
    number, name = body.world.fresh('@'), body.world.fresh('c')
    own = f'check::Join({body.name}, "::(lambda {number}!)")'
    return [f'std::vector<int> {name}{{int(acc % 7u), int(acc % 5u), 3, int(acc % 4u)}};',
            f'std::sort({name}.begin(), {name}.end(),', f'{number}[](int a, const int& b) {{',
            f'check::Call call({own}, check::Fields()("a", a)("b", b));',
            'return call.Returns<bool>(a < b);', '});', f'acc = check::Mix(acc, {name});']


def static_object(body):
    """Of a class whose constructor cannot come back here."""
    classes = [each for each in body.classes() if each.kind == 'instance']
    if not classes:
        return []
    class_, name = body.rng.choice(classes), body.world.fresh('s')
    return [f'static {class_.full} {name} = {class_.make(body.rng)};',
            f'acc = check::Mix(acc, {name});']


def conditional(body):
    """Temporaries of which some exist only on one way."""
    class_ = copied(body)
    if not class_:
        return []
    return [f'acc += acc % 2u && check::Mix(acc, {class_.make(body.rng)}) % 2u ? '
            f'check::Mix(acc, {class_.make(body.rng)}) : 3u;']


STATEMENTS = [(array, 0.5), (container, 0.5), (sort, 0.3), (static_object, 0.3), (conditional, 0.5)]
