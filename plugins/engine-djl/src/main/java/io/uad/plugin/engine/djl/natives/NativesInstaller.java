package io.uad.plugin.engine.djl.natives;

import io.uad.api.UadException;
import io.uad.api.engine.NativesRequest;
import java.nio.file.Path;
import java.util.Optional;

/** Installs a build of PyTorch for CUDA, from a folder or by DJL's own download, and removes it again. */
public final class NativesInstaller {
    private static final String SOURCE = "--libtorch";
    private static final String BACK = "'uad engines install djl --flavor cpu' goes back to the CPU natives";

    private final NativesStore store;
    private final Class<?> trial;
    private final boolean hasDriver;

    /** @param trial a program that loads PyTorch and computes something, see {@link ChildJvm} */
    public NativesInstaller(Class<?> trial) {
        this(NativesStore.ofDjl(), trial, NvidiaDriver.isHere());
    }

    NativesInstaller(NativesStore store, Class<?> trial, boolean hasDriver) {
        this.store = store;
        this.trial = trial;
        this.hasDriver = hasDriver;
    }

    /** See {@link io.uad.api.engine.EngineProvider#installNatives}. */
    public Optional<Path> install(NativesRequest request) {
        JniLibrary.require(request.flavor(), Platform.here(), "Correct --flavor");
        if (request.flavor().equals(NativesRequest.BUNDLED)) {
            remove(request);
            return Optional.empty();
        }
        var source = request.source().map(given -> checked(given, request)); // before anything is written
        return Optional.of(store.change(inHand -> {
            var preparation = new Preparation(request, inHand, store.place(request.flavor()), trial, hasDriver);
            var made = source.isPresent() ? preparation.copied(source.get()) : preparation.fetched();
            made.record(source.map(folder -> folder.path().toString()).orElse("DJL"));
            store.put(made.root(), request.flavor(), inHand);
            var placed = Installation.in(store.place(request.flavor()), request.flavor())
                    .orElseThrow();
            request.notice().accept("Installed " + placed.mebibytes() + " in " + placed.root() + ". " + BACK + ".");
            return placed.root();
        }));
    }

    private void remove(NativesRequest request) {
        if (request.source().isPresent()) {
            throw UadException.config(
                    "a folder is given, " + request.source().get() + ", and the flavor is cpu",
                    SOURCE,
                    "a folder with a flavor for CUDA",
                    "Leave out --libtorch to go back to the CPU natives");
        }
        var installed = store.installed();
        if (installed.isEmpty()) {
            request.notice().accept("No other natives are installed in " + store.folder() + ".");
            return;
        }
        store.change(inHand -> {
            for (var installation : installed) {
                var size = installation.mebibytes();
                store.remove(installation, inHand);
                request.notice().accept("Removed " + installation.root() + ", " + size + ".");
            }
            return inHand;
        });
    }

    private static LibtorchFolder checked(Path given, NativesRequest request) {
        var action = "Name another folder with --libtorch";
        var folder = LibtorchFolder.in(given)
                .orElseThrow(() -> LibtorchFolder.nothingIn(given).error(SOURCE, action));
        folder.misfit(request.flavor()).ifPresent(misfit -> {
            throw misfit.error(SOURCE, action);
        });
        folder.doubt(request.flavor()).ifPresent(doubt -> request.notice().accept("warning: " + doubt));
        return folder;
    }
}
