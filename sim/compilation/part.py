"""Functions that are compiled once, as parts of what Python calls; the idea is told in ``sim.compilation``.

This is the one place that reaches below Numba's documented interface, and only where ``COVERED`` says that the tests
have seen it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import update_wrapper
from typing import Any

import numba
from llvmlite.binding import Linkage
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder, _LowerResult
from numba.core.compiler_machinery import register_pass
from numba.core.dispatcher import _FunctionCompiler  # type: ignore[attr-defined]
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering
from numba.np import arrayobj

COVERED = ("0.68",)
"""Minor versions of Numba under which this is tested; under any other, functions are compiled in the ordinary way."""


def is_covered(version: str = numba.__version__) -> bool:
    """Whether a version of Numba is one of those."""
    return ".".join(version.split(".")[:2]) in COVERED


IS_ORDINARY = not is_covered() or os.environ.get("PYRAMID_ORDINARY_COMPILATION", "") not in ("", "0")
"""Whether every function is compiled by itself, as Numba does by default."""


MODEL = "sim."
"""What names of the modules begin with whose compiled functions count no index from an array's end."""

_counted_index = arrayobj.fix_integer_index


def _plain_index(context: Any, builder: Any, kind: Any, value: Any, size: Any) -> Any:
    """An index as it is in the model's own functions; in all others, a user's rules among them, as Numba has it.

    For Numba an index below zero counts from the array's end. It asks whether every index is one, and reads the array's
    length for it: a fourteenth of the day's time, for what no rule does. ``NUMBA_BOUNDSCHECK=1`` stops at one.
    """
    if context.fndesc is not None and context.fndesc.modname.startswith(MODEL):
        return context.cast(builder, value, kind, types.intp)
    return _counted_index(context, builder, kind, value, size)


if not IS_ORDINARY:
    arrayobj.fix_integer_index = _plain_index


class Part(JITCodeLibrary):
    """Code of one function as it was lowered: neither optimised as a whole nor made machine code.

    Whoever calls the function links it in together with all that it calls.
    """

    def add_ir_module(self, module: Any) -> None:
        """Tells LLVM that what need not be inlined is called seldom: it is put elsewhere."""
        for function in module.functions:
            if not function.is_declaration and "alwaysinline" not in function.attributes:
                function.attributes.add("cold")
                function.attributes.add("noinline")
        super().add_ir_module(module)

    def finalize(self) -> None:
        """Nothing is linked or compiled yet."""
        for library in self._linking_libraries:
            self._reload_init.update(library._reload_init)
        self._finalize_dynamic_globals()
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        """What Numba links into a caller's code: this function and every one below it, each once."""
        if self._shared_module is None:
            module = self._final_module.clone()
            for library in self._below({self}):
                inner = library._final_module if isinstance(library, Part) else library._get_module_for_linking()
                module.link_in(inner, preserve=True)
            for function in module.functions:
                if not function.is_declaration and function.linkage == Linkage.external:
                    function.linkage = "linkonce_odr"  # another caller's copy is as good
            self._shared_module = module
        return self._shared_module

    def _below(self, seen: set[Any]) -> Iterator[Any]:
        for library in self._linking_libraries:
            if library not in seen:
                seen.add(library)
                yield library
                if isinstance(library, Part):
                    yield from library._below(seen)


class _Key:
    """Stands for the machine code that a part does not have."""


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartLowering(NativeLowering):
    _name = "part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lowers into a ``Part`` and tells Numba where callers find it."""
        state.library = Part(state.targetctx.codegen(), state.func_id.func_qualname)
        super().run_pass(state)
        lowered, key = state["cr"], _Key()
        state.targetctx.insert_user_function(key, lowered.fndesc, [state.library])
        state["cr"] = _LowerResult(lowered.fndesc, lowered.call_helper, cfunc=key, env=lowered.env)
        return True


class _PartPipeline(CompilerBase):
    def define_pipelines(self) -> list[Any]:
        """Numba's own pipeline with the lowering of parts."""
        manager = DefaultPassBuilder.define_nopython_pipeline(self.state)
        manager._finalized = False
        manager.passes = [(_PartLowering if step is NativeLowering else step, why) for step, why in manager.passes]
        manager.finalize()
        return [manager]


class _PartCompiler(_FunctionCompiler):
    def _customize_flags(self, flags: Any) -> Any:
        flags.no_cpython_wrapper = flags.no_cfunc_wrapper = flags.no_compile = True
        return flags


class PartDispatcher(CPUDispatcher):
    """Types and lowers a function for those that call it; Python cannot call it."""

    def __init__(self, function: Callable[..., Any], options: Mapping[str, Any]) -> None:
        super().__init__(function, targetoptions=dict(options), pipeline_class=_PartPipeline)
        self._compiler = _PartCompiler(function, self.targetdescr, dict(options), {}, _PartPipeline)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Literal arguments are taken as numbers, or each of them would be compiled for itself."""
        plain = {name: types.unliteral(each) for name, each in kws.items()}
        return super().get_call_template([types.unliteral(each) for each in args], plain)

    def add_overload(self, result: Any) -> None:
        """Keeps what was compiled for some types; there is no entry for Python."""
        self.overloads[tuple(result.signature.args)] = result


class Compiled:
    """A function compiled once: a part of the functions that call it, and for Python a function of its own.

    The latter is compiled when it is first called, by ``make``.
    """

    def __init__(
        self, function: Callable[..., Any], options: Mapping[str, Any], make: Callable[[Callable[..., Any]], Any]
    ) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._part = PartDispatcher(function, {**options, "nopython": True})
        self._make = make
        self._whole: Any = None

    @property
    def _numba_type_(self) -> types.Dispatcher:
        """What Numba takes the function for in another one's code."""
        return types.Dispatcher(self._part)

    def __call__(self, *arguments: Any) -> Any:
        """Calls the function from Python."""
        if self._whole is None:
            with _making:
                self._whole = self._whole or self._make(self.py_func)
        return self._whole(*arguments)


_making = threading.Lock()
