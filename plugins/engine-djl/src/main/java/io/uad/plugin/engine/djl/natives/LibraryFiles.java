package io.uad.plugin.engine.djl.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What has to be copied of a PyTorch so that it still finds everything: the libraries of its folder, and those in other
 * folders that they look for from their own place, as CUDA's in a Python installation. A library brings those of its family,
 * which it may load by name later ({@code libcudnn.so.9} the {@code libcudnn_ops.so.9} beside it).
 *
 * @param root the deepest folder that holds all; relative to it the copy must look alike
 * @param files all of them
 * @param missing what is wanted of PyTorch's and NVIDIA's libraries and lies nowhere in reach
 */
record LibraryFiles(Path root, Set<Path> files, Set<String> missing) {
    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib)");
    /** They need a Python, or test PyTorch. */
    private static final Pattern OTHERS = Pattern.compile(".*(python|_test\\.|backend_with_compiler).*");

    /** Who says by his absence that something is wrong; the driver's own come with the driver. */
    private static final Pattern OURS = Pattern.compile("lib(torch|c10|caffe2|cu(?!da\\.)|nv(?!idia)|nccl).*");

    private static final String ORIGIN = "$ORIGIN";

    static LibraryFiles of(Path folder) throws IOException {
        var files = new LinkedHashSet<>(libraries(folder, ""));
        files.removeIf(file -> OTHERS.matcher(name(file)).matches());
        var wanted = new TreeSet<String>();
        for (var waiting = new ArrayDeque<>(files); !waiting.isEmpty(); ) {
            var file = waiting.remove();
            var library = SharedLibrary.read(file);
            if (library.isEmpty()) {
                continue;
            }
            for (var needed : library.get().needed()) {
                wanted.add(needed);
                for (var found : family(file, needed, library.get().searched())) {
                    if (files.add(found)) {
                        waiting.add(found);
                    }
                }
            }
        }
        files.forEach(file -> wanted.remove(name(file)));
        wanted.removeIf(name -> !OURS.matcher(name).matches() || systemHas(name));
        return new LibraryFiles(root(files), files, wanted);
    }

    private static Set<Path> family(Path library, String needed, List<String> searched) throws IOException {
        var own = Objects.requireNonNull(library.getParent());
        for (var entry : searched) {
            var place = entry.replace("${ORIGIN}", ORIGIN);
            if (place.startsWith(ORIGIN)) {
                var folder = Path.of(own + place.substring(ORIGIN.length())).normalize();
                if (Files.isRegularFile(folder.resolve(needed))) {
                    var end = needed.indexOf(".so");
                    return folder.equals(own)
                            ? Set.of(folder.resolve(needed))
                            : libraries(folder, end < 0 ? needed : needed.substring(0, end));
                }
            }
        }
        return Set.of();
    }

    private static Set<Path> libraries(Path folder, String beginning) throws IOException {
        var found = new TreeSet<Path>();
        try (var files = Files.list(folder)) {
            files.filter(file -> name(file).startsWith(beginning)
                            && LIBRARY.matcher(name(file)).matches()
                            && Files.isRegularFile(file))
                    .forEach(found::add);
        }
        return found;
    }

    private static boolean systemHas(String name) {
        var folders = new TreeSet<>(List.of("/lib64", "/usr/lib64", "/usr/local/cuda/lib64", "/usr/lib/wsl/lib"));
        folders.add("/usr/lib/" + Platform.here().processor() + "-linux-gnu");
        folders.addAll(List.of(System.getProperty("java.library.path", "").split(":")));
        return folders.stream().anyMatch(folder -> Files.exists(Path.of(folder, name)));
    }

    private static Path root(Set<Path> files) {
        var root = files.iterator().next();
        for (var file : files) {
            while (!file.startsWith(root) || file.equals(root)) {
                root = Objects.requireNonNull(root.getParent());
            }
        }
        return root;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
