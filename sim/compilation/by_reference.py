"""A named tuple that compiled functions hand on by reference: one pointer instead of all that it holds.

Numba hands a tuple of arrays on by value, seven numbers an array. For ``World`` that is some 350 arguments at every
call, and most of the code that LLVM has to read. Inside compiled code only its fields can be read.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.boxing import unbox_tuple
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    intrinsic,
    lower_getattr_generic,
    models,
    overload,
    register_model,
    typeof_impl,
    unbox,
)


class Reference(types.Type):
    """Where a named tuple lies."""

    def __init__(self, whole: types.NamedTuple) -> None:
        super().__init__(f"Reference({whole.instance_class.__name__})")
        self.whole = whole

    @property
    def key(self) -> Any:
        """What makes two of them the same type."""
        return self.name, self.whole.key

    @property
    def mangling_args(self) -> tuple[str, tuple]:
        """A short name for symbols."""
        return self.name, ()


def by_reference(cls: type) -> type:
    """Decorator of a named tuple: compiled functions get a reference to it."""

    @typeof_impl.register(cls)
    def _(value: Any, context: Any) -> Reference:
        return Reference(types.NamedTuple(tuple(typeof_impl(each, context) for each in value), cls))

    return cls


def local(whole: Any) -> Any:
    """In compiled code a copy on the stack, of which LLVM knows that nothing else writes to it."""
    return whole


def origin(whole: Any) -> Any:
    """In compiled code what a local copy was made of, for a rule that is called: LLVM goes on knowing what the copy
    holds, which it would not of one that a call is given."""
    return whole


@register_model(Reference)
class _Model(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Reference) -> None:
        inner = [manager.lookup(each).get_value_type() for each in kind.whole.types]
        super().__init__(manager, kind, ir.LiteralStructType([*inner, cgutils.voidptr_t]).as_pointer())


@unbox(Reference)
def _unbox(kind: Reference, value: Any, context: Any) -> NativeValue:
    native = unbox_tuple(kind.whole, value, context)
    builder = context.builder
    place = cgutils.alloca_once(builder, context.context.get_value_type(kind).pointee)
    for n in range(len(kind.whole.types)):
        builder.store(builder.extract_value(native.value, n), cgutils.gep_inbounds(builder, place, 0, n))
    builder.store(
        builder.bitcast(place, cgutils.voidptr_t), cgutils.gep_inbounds(builder, place, 0, len(kind.whole.types))
    )
    return NativeValue(place, cleanup=native.cleanup, is_error=native.is_error)


@infer_getattr
class _Fields(AttributeTemplate):
    key = Reference

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        """The type of a field, if there is one of that name."""
        return dict(zip(kind.whole.fields, kind.whole.types, strict=True)).get(name)


@lower_getattr_generic(Reference)
def _field(context: Any, builder: Any, kind: Reference, value: Any, name: str) -> Any:
    at = kind.whole.fields.index(name)
    found = builder.load(cgutils.gep_inbounds(builder, value, 0, at))
    return impl_ret_borrowed(context, builder, kind.whole.types[at], found)


@overload(local, inline="always")
def _local(whole):  # type: ignore[no-untyped-def] # Numba wants the same signature as that of the functions within, which have no annotations
    if isinstance(whole, Reference):
        return lambda whole: _copied(whole)
    return lambda whole: whole


@intrinsic
def _copied(typing_context: Any, whole: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (value,) = arguments
        copy = cgutils.alloca_once(builder, value.type.pointee)
        builder.store(builder.load(value), copy)
        return copy

    return whole(whole), generate


@overload(origin, inline="always")
def _origin(whole):  # type: ignore[no-untyped-def] # as in _local
    if isinstance(whole, Reference):
        return lambda whole: _original(whole)
    return lambda whole: whole


@intrinsic
def _original(typing_context: Any, whole: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (value,) = arguments
        last = len(whole.whole.types)
        return builder.bitcast(builder.load(cgutils.gep_inbounds(builder, value, 0, last)), value.type)

    return whole(whole), generate
