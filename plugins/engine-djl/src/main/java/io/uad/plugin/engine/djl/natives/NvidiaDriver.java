package io.uad.plugin.engine.djl.natives;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** NVIDIA's driver, without which no GPU can be used; looked for without loading anything of it. */
final class NvidiaDriver {
    private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");

    private NvidiaDriver() {}

    static boolean isHere() {
        return Files.exists(KERNEL_MODULE) || folders().stream().anyMatch(NvidiaDriver::hasLibrary);
    }

    private static boolean hasLibrary(String folder) {
        return !folder.isBlank() && Files.exists(Path.of(folder, isWindows() ? "nvcuda.dll" : "libcuda.so.1"));
    }

    private static List<String> folders() {
        var folders = new ArrayList<>(
                List.of(System.getProperty("java.library.path", "").split(File.pathSeparator)));
        if (isWindows()) {
            folders.add(System.getenv().getOrDefault("SystemRoot", "C:\\Windows") + "\\System32");
        } else {
            folders.addAll(List.of("/usr/lib64", "/usr/lib/wsl/lib", "/usr/local/nvidia/lib64"));
            folders.add("/usr/lib/" + Platform.here().processor() + "-linux-gnu");
        }
        return folders;
    }

    private static boolean isWindows() {
        return Platform.here().system().equals("win");
    }
}
