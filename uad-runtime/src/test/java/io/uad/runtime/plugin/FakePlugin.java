package io.uad.runtime.plugin;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes a component of any interface that answers every call, those with a default too, in one way. */
final class FakePlugin {
    private FakePlugin() {}

    /** What is done at a call. */
    @FunctionalInterface
    interface Answer {
        @Nullable
        Object to(Method call);
    }

    static <T> T of(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, call, arguments) -> answer.to(call)));
    }
}
