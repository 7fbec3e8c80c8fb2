"""How a program ends."""


def exit_status(rng):
    return ['return acc % 64u;']


def leave(rng):
    end = rng.choice(['std::exit(5);', 'check::WriteAndAbort();', 'check::ExitAtOnce();',
                      'throw std::runtime_error("nobody catches this");'])
    return [f'foo::leave({rng.randint(0, 3)}, [] {{ {end} }});']


def uncaught(rng):
    return [rng.choice(['foo::fail(acc);', 'foo::must_not_fail(acc);'])]


def some(rng):
    return rng.choice([exit_status, exit_status, exit_status, leave, uncaught])(rng)
