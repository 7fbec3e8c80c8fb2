"""Members of a class: constructors, assignments, destructor, operators, functions."""
import functools

from body import Body, account
from calls import Function, make_params, order_of
import operators
from values import Param


def specials(class_):
    lines = from_int(class_) + copy_or_move(class_, 'const {0}& o', '{0}')
    moves = class_.rng.random() < 0.5
    if moves:
        lines += copy_or_move(class_, '{0}&& o', 'std::move({0})')
    lines += assignment(class_, 'const {0}& o', '{0}')
    if moves:
        lines += assignment(class_, '{0}&& o', 'std::move({0})')
    if class_.rng.random() < 0.3:
        lines += delegating(class_)
    return lines + destructor(class_)


def made(class_, number):
    return f'{{this, {class_.order}, {number}}}'


def begin(class_, name, params, number, kind='Once'):
    fields = ''.join(f'("{each.name}", {each.name})' for each in params)
    return f'check::log.Enter{kind}({name}, check::Fields(){fields}, {made(class_, number)})'


def initializers(begin, virtual, rest):
    """The first of virtual bases and the first of the others say that the call has begun."""
    parts = [f'{name}(({begin(kind=kind)}, {text}))' if index == 0 else f'{name}({text})'
             for group, kind in ((virtual, 'Complete'), (rest, 'Once'))
             for index, (name, text) in enumerate(group)]
    return ' : ' + ', '.join(parts) if parts else ''


def constructor(class_, head, name, params, inits, lines, tried, number):
    """`lines` of its body; in a function-try-block when what it has built may have to go."""
    rest = f', {made(class_, number)}'
    if not tried:
        return [f'{head}{inits} {{', account(name, params, 'Construction', rest), *lines, '}']
    return [f'{head} try{inits} {{', account(name, params, 'TriedConstruction', rest), *lines,
            '} catch (...) {', 'check::Handler handler;', 'throw;', '}']


def from_int(class_):
    world, rng = class_.world, class_.rng
    number, name = world.number(), f'"{class_.full}::{class_.name}"'
    integer = next(each for each in world.types if each.name == 'int')
    params = [Param('n', integer, 'value')]
    passed = lambda base: (base.full, f'int((unsigned(n) + {rng.randint(0, 9)}u) % 50u)')
    body = class_.body(class_.name)
    inits = initializers(functools.partial(begin, class_, name, params, number),
                         [passed(each) for each in class_.virtual_bases()],
                         [passed(each) for each in class_.fixed_bases()] +
                         [(field, type_.make(rng).replace('acc', 'unsigned(n)'))
                          for field, type_ in class_.fields])
    parts = bool(class_.bases or class_.fields)
    tried = parts and (class_.may_throw() or rng.random() < 0.2)
    lines = body.lines('', params, rng.randint(1, 3), may_throw=class_.throws)[1:]
    head = rng.choice(['explicit ', '']) + f'{class_.name}(int n)'
    return constructor(class_, head, name, params, inits, lines, tried, number)


def copy_or_move(class_, form, passed):
    number, name = class_.world.number(), f'"{class_.full}::{class_.name}"'
    params = [Param('o', class_.type, 'cref')]
    inits = initializers(functools.partial(begin, class_, name, params, number),
                         [(each.full, passed.format('o')) for each in class_.virtual_bases()],
                         [(each.full, passed.format('o')) for each in class_.fixed_bases()] +
                         [(field, passed.format(f'o.{field}')) for field, _ in class_.fields])
    return constructor(class_, f'{class_.name}({form.format(class_.name)})', name, params, inits,
                       [], class_.rng.random() < 0.15, number)


def delegating(class_):
    number, name = class_.world.number(), f'"{class_.full}::{class_.name}"'
    inits = f' : {class_.name}(({begin(class_, name, [], number)}, {class_.rng.randint(0, 99)}))'
    return constructor(class_, f'{class_.name}()', name, [], inits, [], True, number)


def assignment(class_, form, passed):
    lines = [f'{base.full}::operator=({passed.format("o")});' for base, _ in class_.bases]
    lines += [f'{field} = {passed.format(f"o.{field}")};' for field, _ in class_.fields]
    return [f'{class_.name}& operator=({form.format(class_.name)}) {{',
            account(f'"{class_.full}::operator="', [Param('o', class_.type, 'cref')],
                    own=class_.is_told()),
            *lines, 'return *this;', '}']


def destructor(class_):
    first = (f'check::Destruction call("{class_.full}::~{class_.name}", '
             f'{class_.destroyed_parts()}, {len(class_.virtual_bases())}, {made(class_, 0)});')
    lines = class_.body(f'~{class_.name}').lines(first, (), class_.rng.randint(0, 2), False)
    kind = 'virtual ' if class_.is_polymorphic() else ''
    return [f'{kind}~{class_.name}() {{', *lines, '}']


def others(class_):
    lines = []
    for _ in range(class_.rng.randint(0, 2)):
        lines += method(class_)
    if class_.is_polymorphic():
        lines += virtual_functions(class_)
    return lines + operators.some(class_)


def method(class_):
    rng, world = class_.rng, class_.world
    function = world.fresh('method')
    kind = rng.choice(['', '', 'const', 'static', 'noexcept'])
    fields = class_.fields if kind != 'static' else []
    result = rng.choice([None, *Body(world, '', order=class_.order).types()])
    body = Body(world, f'"{class_.full}::{function}"', result, class_.order,
                [(name, type_, kind == 'const') for name, type_ in fields], 1)
    params = make_params(body, 3)
    head = ', '.join(each.declaration() for each in params)
    own = kind != 'static' and class_.is_told()
    before, after = ('static ', '') if kind == 'static' else ('', ' ' + kind)
    class_.members.append(Function('{0}.' + function, params, result, order_of(params, result)))
    return [f'{before}{result.name if result else "void"} {function}({head}){after} {{',
            *body.lines(account(body.name, params, own=own), params, 2, kind != 'noexcept'), '}']


def virtual_functions(class_):
    """New ones in a root, of which one returns the object; elsewhere overriders of all."""
    lines = []
    if class_.roots() == [class_]:
        body = class_.body('')
        class_.virtuals = [(class_.world.fresh('virtual'), make_params(body, 2),
                            class_.rng.choice([None, *body.types()])) for _ in range(2)]
    for root in class_.roots():
        for name, params, result in root.virtuals:
            lines += virtual_function(class_, name, params, result)
        lines += itself(class_, f'self{root.order}')
    return lines


def virtual_function(class_, name, params, result):
    overrides = ' override' if class_.bases else ''
    body = class_.body(name, result)
    class_.members.append(Function('{0}.' + name, params, result, order_of(params, result)))
    head = ', '.join(each.declaration() for each in params)
    return [f'virtual {result.name if result else "void"} {name}({head}){overrides} {{',
            *body.lines(account(body.name, params), params, 2), '}']


def itself(class_, name):
    overrides = ' override' if class_.bases else ''
    class_.members.append(Function('{0}.' + name + '()->' + name, [], None, class_.order))
    return [f'virtual {class_.name}* {name}(){overrides} {{',
            account(f'"{class_.full}::{name}"', []), 'return this;', '}']
