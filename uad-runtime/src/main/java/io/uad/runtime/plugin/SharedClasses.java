package io.uad.runtime.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every plugin sees besides itself: Java, the API, the logging interface, and the natives of engines. Neither the
 * runtime nor its libraries, so that a plugin works the same with every version of them and finds no service file of theirs.
 */
final class SharedClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String API = "io.uad.api.";
    private static final List<String> PACKAGES = List.of(API, "org.slf4j.", "org.jspecify.");
    /** Natives lie on the class path, not in the engine's plugin: users may remove them for those of their GPU. */
    private static final List<String> NATIVES = List.of("native/", "pytorch/");

    private final ClassLoader ours;

    /** @param ours the loader of the API and the runtime */
    SharedClasses(ClassLoader ours) {
        super("uad-shared", ClassLoader.getPlatformClassLoader());
        this.ours = ours;
    }

    /** Whether a class is one that all plugins must share with the runtime. */
    static boolean contains(String className) {
        return PACKAGES.stream().anyMatch(className::startsWith);
    }

    /** Whether a plugin may bring a class itself if we lack it: one of those, but none of the API. */
    static boolean mayBeOwn(String className) {
        return contains(className) && !className.startsWith(API);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (contains(name)) {
            return ours.loadClass(name);
        }
        var found = super.loadClass(name, resolve);
        if (!isOfJava(found)) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }

    /** In a program of modules Java's own loader sees all of them, ours and those of our libraries too. */
    private static boolean isOfJava(Class<?> type) {
        var loader = type.getClassLoader();
        var module = type.getModule();
        return loader == null
                || loader == ClassLoader.getPlatformClassLoader()
                || (module.isNamed() && module.getName().startsWith("jdk.")); // such as the compiler
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return isShared(name) ? ours.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return isShared(name) ? ours.getResources(name) : Collections.emptyEnumeration();
    }

    private static boolean isShared(String resource) {
        return NATIVES.stream().anyMatch(resource::startsWith) || contains(resource.replace('/', '.'));
    }
}
