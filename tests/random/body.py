"""The body of one function: its own account of the call, and random statements."""


class Body:
    """What a statement may use, and where it may go.

    name       C++ expression of the function's name as omnitrace spells it
    result     type of the result, or None
    order      classes and functions are complete here whose order is smaller
    variables  (expression, type, is constant)
    """

    def __init__(self, world, name, result=None, order=1000, variables=(), level=0):
        self.world, self.rng = world, world.rng
        self.name, self.result, self.order = name, result, order
        self.variables = list(variables)
        self.level = level

    def types(self):
        return [each for each in self.world.types if each.order < self.order]

    def functions(self):
        return [each for each in self.world.functions if each.order < self.order]

    def classes(self):
        return [each for each in self.world.classes if each.order < self.order]

    def variables_of(self, type_, writable=False):
        return [text for text, each, is_constant in self.variables
                if each is type_ and not (writable and is_constant)]

    def value(self, type_):
        known = self.variables_of(type_)
        return self.rng.choice(known) if known and self.rng.random() < 0.4 else type_.make(self.rng)

    def return_line(self):
        if self.result is None:
            return 'return;'
        value = self.value(self.result)
        if not self.result.told:
            return f'return {value};'
        if self.rng.random() < 0.8:
            return f'return call.Returns<{self.result.name}>({value});'
        return f'{{ call.TellsNoResult(); return {value}; }}'

    def block(self, count):
        """Statements with a scope of their own."""
        kept = len(self.variables)
        self.level += 1
        lines = [line for _ in range(count) for line in self.statement()]
        self.level -= 1
        del self.variables[kept:]
        return lines

    def statement(self):
        return self.world.statement(self)

    def lines(self, first, params=(), count=3, may_throw=True, extra=()):
        """The whole body, without braces. `first` logs the call."""
        self.variables += [(f'*{each.name}' if each.passing == 'pointer' else each.name, each.type,
                            each.passing == 'cref') for each in params]
        start = ['unsigned acc = %du;' % self.rng.randint(1, 99)]
        start += [f'acc = check::Mix(acc, {each.name});' for each in params]
        start += extra
        rest = [f'if (check::log.Stops()) {self.return_line()}', *self.block(count)]
        if not may_throw:
            rest = ['try {', *rest, self.return_line(), '} catch (...) {', 'acc += 3u;', '}']
        return [first, *start, *rest, self.return_line()]


def account(name, params, kind='Call', rest='', own=False):
    """The line that logs the call, with the object if `own`."""
    fields = '("this", *this)' if own else ''
    fields += ''.join(f'("{each.name}", {each.name})' for each in params)
    return f'check::{kind} call({name}, check::Fields(){fields}{rest});'
