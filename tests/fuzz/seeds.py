"""What each fuzzer starts from: made here, so that no corpus has to be kept in the repository."""
import glob
import os
import struct
import subprocess
import tempfile

SOURCE = os.path.abspath(f'{os.path.dirname(os.path.abspath(__file__))}/../..')
SLOT = 65536
HEADER = 232
BLOCK_HEADER = 64
LENGTH_IN_BLOCK = 48
SAMPLES = ('vending_machine', 'threads', 'exceptions')

CONDITIONS = [
    'args.n == 1', 'args.items[0].name == "a" && return ~ "res*"', 'size(args.items) > 1',
    'args.map["k"] == 1 || !thrown', '(depth < 2 && duration > 1.5ms)', 'args.coin == Coin::nickel',
    'thrown.type == "std::runtime_error"', 'args.real >= -2.5e-3', 'args.pointer == null',
    'name ~ "foo::*" && thread == "main"', 'changed.items', '!!open', "args[0] != 'x\\x41\\u00e4'",
]

OPTIONS = [
    'calls=100,depth=5,roots=1/3\nrecord\nfoo,bar::*\n/tmp/%n.%p.omni\ntsc\nfoo::*a*b\n1.5ms\nfoo::ab',
    'value=64K,changed=0,size=2GiB,keep=last\nstandby\n*\nout\nmonotonic\n*\n3us\n',
    'keep=first\noff\n::a,,b\n%%%\n\n**a\n10\naaa',
]

# In the first byte of a packed workspace.
FIRST_VIEW = 8

ADDRESS_MARK = 0xfa50
SELF, SPACE, TABLE, OTHER_TABLE = 0, 1, 3, 4


def pack(workspace):
    """A file as reader/packed_workspace.h has it."""
    packed = b'\0' + workspace[:HEADER]
    for slot in range(SLOT, len(workspace), SLOT):
        header = workspace[slot:slot + BLOCK_HEADER]
        if len(header) < BLOCK_HEADER or header[:4] != b'OBLK':
            continue
        (length,) = struct.unpack_from('<I', header, LENGTH_IN_BLOCK)
        payload = workspace[slot + BLOCK_HEADER:slot + BLOCK_HEADER + length]
        packed += struct.pack('<H', len(payload)) + header + payload
    return packed


def recordings(build):
    yield from glob.glob(f'{SOURCE}/tests/golden/inputs/*.omni')
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES:
            subprocess.run([f'{build}/samples/{sample}'], check=False, capture_output=True,
                           env={**os.environ, 'OMNITRACE_OUT': f'{folder}/'})
        yield from glob.glob(f'{folder}/*')


def workspaces(build):
    for path in recordings(build):
        with open(path, 'rb') as file:
            yield pack(file.read())


def objects():
    """Of every type in every way: an object that points into itself and around itself."""
    def place(anchor, offset=0):
        return (ADDRESS_MARK | anchor) << 48 | offset

    words = [place(TABLE), place(SELF, 16), place(SELF, 32), 3, 1, place(SPACE), place(SPACE, 64),
             place(OTHER_TABLE), 8]
    for kind in range(4):
        for number in range(32):
            head = bytes([kind, number, (kind + number) % 8, 1, 3, number % 4, 0, 0])
            turned = words[number % 9:] + words[:number % 9]
            yield head + struct.pack('<9Q', *turned) * 2


def made(name, build):
    if name == 'reader':
        packed = list(workspaces(build))
        return [bytes([FIRST_VIEW * view]) + seed[1:] for seed in packed for view in range(20)]
    if name.startswith('values'):
        return list(objects())
    texts = CONDITIONS if name == 'where' else OPTIONS
    return [text.encode() for text in texts]


def corpus(name, build, folder):
    """The folder of a fuzzer's inputs, with the seeds in it."""
    os.makedirs(folder, exist_ok=True)
    for number, seed in enumerate(made(name, build)):
        with open(f'{folder}/seed-{number}', 'wb') as file:
            file.write(seed)
    return folder
