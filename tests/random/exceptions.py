"""What is thrown and how it is caught."""
import dataclasses


@dataclasses.dataclass
class Exception_:
    value: object  # a function of the body
    forms: list  # of catching
    digest: str = 'acc = check::Mix(acc, e);'
    order: int = 0

    def thrown(self, body):
        return self.value(body)

    def caught(self, rng):
        return rng.choice(self.forms)


def simple_exceptions(rng, structs):
    struct = rng.choice(structs)
    what = 'acc = check::Mix(acc, std::string(e.what()));'
    return [Exception_(lambda body: 'int(acc % 9u)', ['int e', 'const int& e']),
            Exception_(lambda body: '"text"', ['const char* e']),
            Exception_(lambda body: 'std::runtime_error("runtime")',
                       ['const std::exception& e', 'std::runtime_error& e',
                        'std::runtime_error e'], what),
            Exception_(lambda body: 'std::out_of_range("range")', ['std::logic_error& e'], what),
            Exception_(lambda body: struct.make(rng), [f'{struct.name} e', f'{struct.name}& e'])]


def class_exception(class_):
    """Caught as itself or as one of its bases."""
    kinds = [class_.full] + [base.full for base, _ in class_.bases]
    forms = [form.format(kind) for kind in kinds for form in ('const {}& e', '{} e', '{}& e')]
    return Exception_(lambda body: class_.make(body.rng), forms, order=class_.order)
