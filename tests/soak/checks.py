"""What has to hold of a run and its recording."""
import recording

# A thread's log, in KB: its window 64, copies of what may not be readable 32, of 500 open calls the
# frames 12 and with min=TIME their places 16, itself 2.
LOG_MEMORY = 128
LOG_MAPPINGS = 5  # these, but for itself, and the digests of what calls may change


class Failed(Exception):
    pass


def expect(name, expected, got):
    if got != expected:
        raise Failed(f'{name}: expected {expected}, got {got}')


def expect_at_most(name, most, got):
    if got > most:
        raise Failed(f'{name}: expected at most {most}, got {got}')


def expect_some(name, got):
    if got == 0:
        raise Failed(f'{name}: expected some, got none')


def check_program(run, results):
    expect(f'exit status (standard error: {run.errors.strip()})', 0, run.status)
    expect('sum over the results, as in the plain program', results, run.results)
    expect('calls of all threads, as of all functions', run.total(), sum(run.threads.values()))


def check_resources(run, most_bytes, threads):
    """A log is free for the next thread when the kernel has forgotten the thread before, which may
    be after its join: each place may come to need a second log, once, at any time."""
    expect_at_most('bytes of the file', most_bytes, run.most_bytes)
    expect_some('looks at the process', run.looks)
    expect_at_most('KB of memory', run.warm.memory + LOG_MEMORY * threads, run.most.memory)
    expect_at_most('mappings', run.warm.mappings + LOG_MAPPINGS * threads, run.most.mappings)
    expect_at_most('descriptors', run.warm.descriptors, run.most.descriptors)


def check_functions(run, recorded):
    for name, calls in recorded.calls_by_function().items():
        expect_at_most(f'recorded calls of {name}', run.calls.get(name, 0), calls)


def check_limited(run, reasons, recorded):
    """Every call is in the file or counted as left out, for the first reason at least."""
    dropped = recorded.dropped
    expect('recorded and dropped calls', run.total(), recorded.calls + sum(dropped.values()))
    expect('other reasons', set(), set(dropped) - set(reasons))
    expect_some(f'calls dropped by {reasons[0]}', dropped.get(reasons[0], 0))
    no_room = dropped.get('size', 0) + dropped.get('window', 0)
    told = f'{no_room} calls were not recorded' if no_room else ''
    if told not in run.errors or bool(told) != bool(run.errors):
        raise Failed(f'standard error: expected {told or "nothing"}, got {run.errors}')


def check_ring(run, recorded):
    """Every call is in the file or counted as overwritten; of a thread that still has blocks there,
    those before the oldest one."""
    expect('standard error', '', run.errors)
    expect('reasons for dropped calls', ['overwritten'], list(recorded.dropped))
    expect('recorded and overwritten calls', run.total(),
           recorded.calls + recorded.dropped['overwritten'])
    expect('threads', len(run.threads), len(recorded.threads))
    overwritten = recorded.overwritten()
    last = list(run.threads)[-1]
    names = {thread['name'] for thread in recorded.threads if thread['thread'] in overwritten}
    expect(f'{last}, the thread that ended last, among those with blocks', True, last in names)
    for thread in recorded.threads:
        if thread['thread'] in overwritten:
            expect(f'recorded and overwritten calls of {thread["name"]}',
                   run.threads[thread['name']], thread['calls'] + overwritten[thread['thread']])


def most_bytes_of_rings(threads, ever):
    """Of keep=last: the header, up to two rings with their windows for each place, and the
    metadata: a window, a block of functions and types, and the records of all threads that ever
    were."""
    slots = 1 + 2 * threads * (recording.RING + 1)
    slots += 2 + -(-ever * recording.THREAD_BYTES // recording.SLOT)
    return slots * recording.SLOT
