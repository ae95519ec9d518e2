package io.uad.plugin.engine.dl4j;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.plugin.engine.common.LibraryFailures;
import io.uad.plugin.engine.common.Processor;
import io.uad.plugin.engine.common.ThreadCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Loads ND4J's natives, once per process. */
final class Library {
    /** {@code nd4j-native} of this version is what is bundled; the jar does not say it. */
    static final String NAME = "ND4J 1.0.0-M2.1 (Deeplearning4j)";

    /** The library's and the process's. */
    static final ThreadCount THREADS = new ThreadCount(Library::shareThreads);

    private static boolean isLoaded;

    private Library() {}

    /**
     * Makes sure that the library is there.
     *
     * @throws UadException of kind RESOURCE if it cannot be had on this machine
     */
    static synchronized void load() {
        if (isLoaded) {
            return;
        }
        requireInstructions(Processor.description());
        var loader = Library.class.getClassLoader();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        var set = setProperties();
        thread.setContextClassLoader(loader);
        try {
            ND4JClassLoading.setNd4jClassloader(loader); // finds its backend by it, whatever the thread's is
            Floats.allocate(1).close();
            Nd4j.getMemoryManager().togglePeriodicGc(false); // arrays are closed, none waits for a collection
            isLoaded = true;
        } catch (RuntimeException | LinkageError e) {
            throw failed(e);
        } finally {
            thread.setContextClassLoader(before);
            set.forEach(System::clearProperty);
        }
    }

    /** How many threads an operation that this thread starts may use. OpenMP keeps that by thread. */
    static void useThreads(int count) {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
    }

    /** The threads that products outside of OpenMP and the library's own loops use. */
    static void shareThreads(int count) {
        var environment = Nd4j.getEnvironment();
        environment.setMaxThreads(count);
        environment.setMaxMasterThreads(count);
        Nd4j.factory().blas().setMaxThreads(count);
    }

    /** What is read while classes load: no banner, and no limit of native memory, which is the heap's by default. */
    private static List<String> setProperties() {
        var set = new ArrayList<String>();
        setUnlessGiven(ND4JSystemProperties.LOG_INITIALIZATION, "false", set);
        setUnlessGiven(ND4JSystemProperties.JAVACPP_MEMORY_MAX_BYTES, "0", set);
        setUnlessGiven(ND4JSystemProperties.JAVACPP_MEMORY_MAX_PHYSICAL_BYTES, "0", set);
        return set;
    }

    private static void setUnlessGiven(String property, String value, List<String> set) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
            set.add(property);
        }
    }

    /** The natives would end the process where the processor lacks what they are compiled for. */
    static void requireInstructions(String processor) {
        if (Processor.lacks(processor, "avx2")) {
            throw UadException.resource(
                    "this processor has no AVX2",
                    Native.ENGINE,
                    "a processor with AVX2, which ND4J's natives are compiled for",
                    "Choose another engine, such as engine.plugin: djl");
        }
    }

    static UadException failed(Throwable failure) {
        var reason = LibraryFailures.reason(failure);
        if (reason.toLowerCase(Locale.ROOT).contains("already loaded in another classloader")) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    "ND4J's native library is in use by another copy of ND4J in this process: " + reason,
                    Native.ENGINE,
                    "one ND4J per process, loaded once: a plugin with natives cannot be loaded again or twice",
                    "Restart the program, with ND4J either in the plugin folder or on the class path, not both",
                    failure);
        }
        return new UadException(
                ErrorKind.RESOURCE,
                "ND4J's native library cannot be loaded: " + reason,
                Native.ENGINE,
                "the natives of this platform (" + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                        + ") beside the plugin, and a folder "
                        + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp")
                        + " that can be written",
                "Build the plugin on the platform it is for, or choose another engine, such as engine.plugin: djl",
                failure);
    }
}
