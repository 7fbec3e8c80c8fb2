"""Function templates."""
from body import Body, account
from calls import Function
from values import Param, Type


def plain_types(world):
    return [each for each in world.types if each.order == 0 and each.nested]


def make_templates(world):
    """Prototypes, which stand before the classes, and a function that gives the definitions."""
    single, pack = world.fresh('single'), world.fresh('pack')
    digest = next(each for each in world.types if each.name == 'unsigned')
    total = next(each for each in world.types if each.name == 'long')
    for _ in range(3):
        type_ = world.rng.choice(plain_types(world))
        params = [Param('t', type_, 'value'), Param('n', digest, 'value')]
        world.functions.append(Function(f'foo::{single}<{type_.name}>', params, type_, 0))
        types = world.rng.choices(plain_types(world), k=world.rng.randint(1, 4))
        params = [Param('', each, 'value') for each in types]
        world.functions.append(Function(f'foo::{pack}', params, total, 0))
    prototypes = ['namespace foo {', f'template <class T> T {single}(T t, unsigned n);',
                  f'template <class T, class... Ts> long {pack}(T first, Ts... rest);', '}']
    return prototypes, lambda: ['namespace foo {', *define_single(world, single, digest),
                                *define_pack(world, pack, total), '}']


def define_single(world, name, digest):
    generic = Type('T', lambda rng: 't')
    body = Body(world, f'check::Join("foo::{name}<", check::NamesOf<T>(), ">")', generic)
    params = [Param('t', generic, 'value'), Param('n', digest, 'value')]
    return [f'template <class T> T {name}(T t, unsigned n) {{',
            *body.lines(account(body.name, params), params, 3), '}']


def define_pack(world, name, total):
    """Calls itself with the rest of the pack."""
    body = Body(world, f'check::Join("foo::{name}<", check::NamesOf<T, Ts...>(), ">")', total)
    first = (f'check::Call call({body.name}, '
             'check::PackFields("rest", check::Fields()("first", first), rest...));')
    own = ['acc = check::Mix(acc, first);',
           f'if constexpr (sizeof...(rest) > 0) acc += unsigned({name}(rest...));']
    return [f'template <class T, class... Ts> long {name}(T first, Ts... rest) {{',
            *body.lines(first, (), 2, extra=own), '}']
