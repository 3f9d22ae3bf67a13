"""Compiles the translated rules to WebAssembly, with the compiler that compiles the rules for Python.

The compiler gives an object file. As there is but one, it has to be linked with nothing: what lacks is the list of what
can be called from outside, which is put in here.
"""

from collections.abc import Iterator, Sequence

import llvmlite.binding as llvm

TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+nontrapping-fptoint,+sign-ext,+bulk-memory"
"""What every browser has had since 2021."""

IMPORTS, EXPORTS, CODE, CUSTOM = 2, 7, 10, 0
FUNCTION = 0
LONGEST_NAME = 128


def assembled(text: str, names: Sequence[str]) -> bytes:
    """A module of WebAssembly, in which functions can be called by these names.

    Args:
        text: functions in LLVM's language; those that can be called from outside stand in the order of the names.
        names: of these functions.
    """
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(
        cpu="generic", features=FEATURES, opt=3, reloc="static"
    )
    module = llvm.parse_assembly(f'target triple = "{TRIPLE}"\ntarget datalayout = "{machine.target_data}"\n{text}')
    module.verify()
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=3))
    builder.getModulePassManager().run(module, builder)
    return _callable(machine.emit_object(module), names)


def _callable(module: bytes, names: Sequence[str]) -> bytes:
    sections = list(_sections(module))
    imported = next((_imported(body) for kind, body in sections if kind == IMPORTS), 0)
    entries = b"".join(
        bytes([len(name)]) + name.encode() + bytes([FUNCTION]) + _number(imported + n) for n, name in enumerate(names)
    )
    listed = _number(len(names)) + entries
    found = bytearray(module[:8])
    for kind, body in sections:
        if kind == CODE:
            found += bytes([EXPORTS]) + _number(len(listed)) + listed
            many, _ = _read(body, 0)
            assert many == len(names), f"{many} functions, not {len(names)}"  # noqa: S101  # all else is built in
        if kind != CUSTOM:  # what a linker would read
            found += bytes([kind]) + _number(len(body)) + body
    return bytes(found)


def _sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    at = 8
    while at < len(module):
        kind = module[at]
        size, at = _read(module, at + 1)
        yield kind, module[at : at + size]
        at += size


def _imported(body: bytes) -> int:
    """How many functions are imported."""
    many, at = _read(body, 0)
    functions = 0
    for _ in range(many):
        for _ in range(2):  # names of the module and of the thing
            size, at = _read(body, at)
            at += size
        kind = body[at]
        at += 1
        if kind == FUNCTION:
            functions += 1
            _, at = _read(body, at)
        else:  # a memory, or a table, which has a type before its limits
            at += kind == 1
            limits = body[at]
            at += 1
            for _ in range(1 + (limits & 1)):
                _, at = _read(body, at)
    return functions


def _read(data: bytes, at: int) -> tuple[int, int]:
    """A number that takes as many bytes as it needs, and the place after it."""
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not data[at - 1] & 0x80:
            return value, at


def _number(value: int) -> bytes:
    found = bytearray()
    while value >= LONGEST_NAME:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
