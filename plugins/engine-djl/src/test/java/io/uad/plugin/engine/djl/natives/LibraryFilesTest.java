package io.uad.plugin.engine.djl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LibraryFilesTest {
    @TempDir
    Path folder;

    @Test
    void aFolderThatIsCompleteIsAllThereIs() throws IOException {
        var files = LibraryFiles.of(MadeUpNatives.cuda(folder.resolve("lib")));
        assertEquals(folder.resolve("lib"), files.root());
        assertEquals(5, files.files().size());
        assertEquals(Set.of(), files.missing());
    }

    @Test
    void aPythonsComesWithTheFamiliesThatItLooksForNextDoor() throws IOException {
        var torch = MadeUpNatives.cuda(folder.resolve("site-packages/torch/lib"));
        var nvidia = folder.resolve("site-packages/nvidia");
        library(torch.resolve("libtorch_python.so"), "$ORIGIN");
        library(
                torch.resolve("libtorch_cuda.so"),
                "$ORIGIN/../../nvidia/cudnn/lib:$ORIGIN",
                "libcudnn.so.9",
                "libnccl.so.2");
        library(nvidia.resolve("cudnn/lib/libcudnn.so.9"), "${ORIGIN}/../../cublas/lib", "libcublas.so.12");
        library(nvidia.resolve("cudnn/lib/libcudnn_ops.so.9"), "$ORIGIN");
        library(nvidia.resolve("cudnn/lib/libother.so.9"), "$ORIGIN");
        library(nvidia.resolve("cublas/lib/libcublas.so.12"), "$ORIGIN", "libcublasLt.so.12");
        library(nvidia.resolve("cublas/lib/libcublasLt.so.12"), "$ORIGIN", "libcuda.so.1", "libnvidia-ml.so.1");

        var files = LibraryFiles.of(torch);

        assertEquals(folder.resolve("site-packages"), files.root());
        var names = new TreeSet<String>();
        files.files().forEach(file -> names.add(files.root().relativize(file).toString()));
        assertEquals(
                new TreeSet<>(List.of(
                        "nvidia/cublas/lib/libcublas.so.12",
                        "nvidia/cublas/lib/libcublasLt.so.12",
                        "nvidia/cudnn/lib/libcudnn.so.9",
                        "nvidia/cudnn/lib/libcudnn_ops.so.9",
                        "torch/lib/libc10.so",
                        "torch/lib/libc10_cuda.so",
                        "torch/lib/libtorch.so",
                        "torch/lib/libtorch_cpu.so",
                        "torch/lib/libtorch_cuda.so")),
                names);
        assertEquals(Set.of("libnccl.so.2"), files.missing());
    }

    private static void library(Path file, String path, String... needed) throws IOException {
        MadeUpNatives.library(file, MadeUpNatives.HERE, List.of(needed), path);
    }
}
