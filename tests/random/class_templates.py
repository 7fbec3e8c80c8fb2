"""A class template with a specialisation, whose instances are used like other classes."""
from body import Body, account
from calls import Function
from values import Param, Type


class Instance:
    """Of the class template; looks to others like a Class."""
    kind, order = 'instance', 1

    def __init__(self, name, arguments, made, members):
        self.full, self.made, self.members = f'foo::{name}<{arguments}>', made, members
        self.type = Type(self.full, self.make, told=False, nested=False, destroyed=1)

    def make(self, rng):
        return f'{self.full}({self.made(rng)})'

    def may_throw(self):
        return True

    def create(self, body):
        name = body.world.fresh('o')
        return [f'{self.full} {name}({self.made(body.rng)});'], name, self


def make_class_template(world):
    """Its definition, which stands before the other classes."""
    name = world.fresh('Box')
    types = {each.name: each for each in world.types}
    element = Type('T', lambda rng: 'items[0]')
    lines = define(world, name, element, types)
    # An array of char is shown as a text.
    plain = [each for each in types.values()
             if each.nested and each.name != 'char' and not each.name.startswith('std::')]
    for _ in range(2):
        type_ = world.rng.choice(plain)
        world.classes.append(Instance(name, f'{type_.name}, {world.rng.randint(1, 9)}', type_.make,
                                      members(type_, types)))
    world.classes.append(Instance(name, 'char, 2', types['char'].make, [
        Function('{0}.special', [Param('c', types['char'], 'value')], types['char'], 0)]))
    world.types += [each.type for each in world.classes]
    return lines


def members(type_, types):
    number, flag = types['long'], types['bool']
    return [Function('{0}.at', [Param('i', types['unsigned'], 'value')], type_, 0),
            Function('{0}.template as<long>', [Param('u', number, 'value')], number, 0),
            Function('{0}.template as<bool>', [Param('u', flag, 'value')], flag, 0),
            Function('{0}.made', [Param('t', type_, 'value')], None, 0)]


def define(world, name, element, types):
    own = f'"foo::{name}<", check::kNameOf<T>, ", ", std::to_string(N), ">::'
    method = lambda function, result, params, variables=(): Body(
        world, f'check::Join({own}{function}")', result, 1, variables, 1).lines(
            account(f'check::Join({own}{function}")', params), params, 2)
    items = [('items[N - 1]', element, False)]
    index, other = Param('i', types['unsigned'], 'value'), Param('t', element, 'value')
    asked = Type('U', lambda rng: 'u')
    return ['namespace foo {', 'template <class T, int N> struct ' + name + ' {', 'T items[N];',
            f'explicit {name}(T t) : items() {{', *method(name, None, [other], items), '}',
            f'{name}(const {name}& o) : items() {{',
            account(f'check::Join({own}{name}")', [Param('o', None, 'cref')]),
            'items[0] = o.items[N - 1];', '}',
            f'{name}& operator=(const {name}& o) {{',
            account(f'check::Join({own}operator=")', [Param('o', None, 'cref')]),
            'for (int i = 0; i < N; ++i) items[i] = o.items[i];', 'return *this;', '}',
            f'~{name}() {{', f'check::Destruction call(check::Join({own}~{name}"), 0);', '}',
            'T at(unsigned i) const {', *method('at', element, [index]), '}',
            'template <class U> U as(U u) {',
            *Body(world, f'check::Join({own}as<", check::kNameOf<U>, ">")', asked, 1, [], 1).lines(
                account(f'check::Join({own}as<", check::kNameOf<U>, ">")',
                        [Param('u', asked, 'value')]), [Param('u', asked, 'value')], 1), '}',
            f'static {name} made(T t) {{', account(f'check::Join({own}made")', [other]),
            f'return {name}(t);', '}', '};', *special(world, name, types), '}',
            f'template <class T, int N> struct check::JsonText<foo::{name}<T, N>> {{',
            f'static std::string Of(const foo::{name}<T, N>& value) {{',
            'return check::Fields()("items", value.items).Text();', '}', '};']


def special(world, name, types):
    own = f'"foo::{name}<char, 2>::special"'
    param = Param('c', types['char'], 'value')
    body = Body(world, own, types['char'], 1, [], 1)
    return [f'template <> struct {name}<char, 2> {{', 'int items[1];',
            f'explicit {name}(char c) : items{{c}} {{',
            account(f'"foo::{name}<char, 2>::{name}"', [param]), '}',
            'char special(char c) {', *body.lines(account(own, [param]), [param], 1), '}', '};']
