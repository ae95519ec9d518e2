package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a checkpoint of the original program to a probe, a training that goes on, and an ONNX model. */
class ExchangeIT {
    /** A narrow AlexNet that PyTorch trained for two steps, saved as after epoch 7. */
    private static final Path ORIGINAL = Path.of("../exchange/src/test/resources/io/uad/exchange/stream.pth.tar");

    @TempDir
    static Path shared;

    private static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() {
        images = Images.write(shared.resolve("images"), 2, 2);
    }

    private static Uad.Outcome probe(Path model, Path exp) {
        return Uad.run(
                "eval",
                "linear",
                "--data",
                images,
                "--model",
                model,
                "--conv",
                3,
                "--epochs",
                1,
                "--exp",
                exp,
                "--set",
                "engine.threads=1");
    }

    private static Uad.Outcome resume(Path model, Path exp, int epochs) {
        return Uad.run(
                "train",
                images.resolve("train"),
                "--resume",
                model,
                "--exp",
                exp,
                "--epochs",
                epochs,
                "--k",
                5,
                "--batch",
                16,
                "--set",
                "fusion.low.channels=1",
                "--set",
                "reduction.components=auto",
                "--set",
                "engine.threads=1");
    }

    @Test
    void anImportedCheckpointIsProbedAsTheOriginalIs() throws IOException {
        var model = folder.resolve("model.safetensors");
        Uad.run("import", ORIGINAL, "-o", model).exits(0).says("alexnet for images of 64 pixels", "head of 4");
        Uad.run("import", ORIGINAL, "-o", model).exits(2).says("--overwrite");
        probe(model, folder.resolve("a")).exits(0).says("conv3");
        probe(ORIGINAL, folder.resolve("b")).exits(0).says("conv3");
        assertEquals(Files.readString(folder.resolve("a/log/prec1")), Files.readString(folder.resolve("b/log/prec1")));
    }

    @Test
    void aTrainingGoesOnFromTheOriginalAndThenFromItself() {
        var run = folder.resolve("run");
        resume(ORIGINAL, folder.resolve("early"), 7).exits(2).says("trained for 7 epochs", "--epochs");
        resume(ORIGINAL, run, 8).exits(0).says("at epoch 7", "found anew", "epoch 7: loss");
        assertTrue(Files.exists(run.resolve("clusters/epoch-0007.csv.gz")));
        Uad.run("train", "--exp", run, "--resume", "--epochs", 9).exits(0).says("epoch 8: loss");
        Uad.run("export", "--model", run, "-o", folder.resolve("model.onnx"), "--tap", "fc7")
                .exits(0);
        assertTrue(Files.exists(folder.resolve("model.onnx")));
        Uad.run("export", "--model", run, "-o", folder.resolve("model.onnx"), "--tap", "conv9", "--overwrite")
                .exits(2)
                .says("conv5");
    }

    @Test
    void aTruncatedOriginalIsNamedAndNothingIsWritten() throws IOException {
        var cut = folder.resolve("cut.pth.tar");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(ORIGINAL), 9000));
        Uad.run("import", cut, "-o", folder.resolve("m.safetensors")).exits(3).says("cut.pth.tar", "Copy it again");
        probe(cut, folder.resolve("probe")).exits(3).says("cut.pth.tar");
        resume(cut, folder.resolve("run"), 9).exits(3).says("cut.pth.tar");
        for (var name : new String[] {"m.safetensors", "probe", "run"}) {
            assertFalse(Files.exists(folder.resolve(name)), name);
        }
    }

    @Test
    void anAssignmentLogBecomesATable() throws IOException {
        // pickle.dumps([[[0, 2], [1]]], 2)
        var log = folder.resolve("clusters");
        var pickle = "\u0080\2](](](K\0K\2e](K\1eee.";
        Files.write(log, pickle.getBytes(StandardCharsets.ISO_8859_1));
        Uad.run("import", "clusters", log, "-o", folder.resolve("log.csv")).exits(0);
        assertEquals("epoch,path,cluster\n0,0,0\n0,1,1\n0,2,0\n", Files.readString(folder.resolve("log.csv")));
        Uad.run("import", log, "-o", folder.resolve("m.safetensors")).exits(3).says("uad import clusters");
    }
}
