package io.uad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before any plugin is asked. */
class MistakesTest {
    @TempDir
    Path folder;

    @Test
    void aCheckpointThatIsMissingIsNamedAndNothingElseIsAdvised() throws IOException {
        var run = Files.createDirectory(folder.resolve("run1"));
        Files.writeString(run.resolve("config.yaml"), "seed: 1\n");
        var checkpoint = run.resolve("checkpoints/checkpoint-99.safetensors");
        Cli.run("train", "--exp", run, "--resume", checkpoint)
                .exits(3)
                .says("no such checkpoint", checkpoint.toString())
                .hides("--overwrite");
        Cli.run("train", "--resume", folder.resolve("nosuch")).exits(3).says("no such checkpoint", "nosuch");
    }

    @Test
    void processesAreChosenInOneWayAndCompletely() {
        Cli.run("train", "--processes", 0).exits(2).says("--processes", "found 0", "1 to 1024");
        Cli.run("train", "--processes", 5000).exits(2).says("--processes", "found 5000");
        Cli.run("train", "--processes", 2, "--rank", 1).exits(2).says("--processes", "--rendezvous");
        Cli.run("train", "--rank", 1).exits(2).says("only 1 of --rendezvous, --rank and --world");
        Cli.run("train", "--rendezvous", "host:1", "--world", 2).exits(2).says("only 2 of");
        Cli.run("train", "--rendezvous", "host:1", "--world", 2, "--rank", 2)
                .exits(2)
                .says("--rank", "found 2", "0 to 1");
        Cli.run("train", "--rendezvous", "host:1", "--world", 1, "--rank", 0)
                .exits(2)
                .says("--world", "found 1");
        for (var address : new String[] {"host", "host:0", "host:65536", ":1", "a:b:1"}) {
            Cli.run("train", "--rendezvous", address, "--world", 2, "--rank", 0)
                    .exits(2)
                    .says("--rendezvous", "found " + address, "HOST:PORT");
        }
        Cli.run("train", "--join-timeout", 0).exits(2).says("--join-timeout", "1 or more");
    }

    @Test
    void processesArePlannedInOneWay() {
        Cli.run("plan", "--processes", 0).exits(2).says("--processes", "found 0", "1 to 1024");
        Cli.run("plan", "--world", 1).exits(2).says("--world", "found 1", "2 to 1024");
        Cli.run("plan", "--processes", 2, "--world", 2)
                .exits(2)
                .says("--processes starts all processes here", "one way or the other");
    }

    @Test
    void aProcessThatFollowsTakesTheConfigurationOfTheRunThatGoesOnWhereItIsThere() throws IOException {
        var run = Files.createDirectory(folder.resolve("run1"));
        Files.writeString(run.resolve("config.yaml"), "seed: 1\nnonsense: 2\n");
        var second = new Object[] {"train", "--rendezvous", "host:1", "--world", 2, "--rank", 1, "--resume", run};
        Cli.run(second).exits(2).says("configuration: that of the run, " + run.resolve("config.yaml"), "nonsense");
        second[8] = folder.resolve("nosuch");
        Cli.run(second).says("configuration: no --config").hides("no such checkpoint");
    }

    @Test
    void aConfigurationBesideAModelIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("train"));
        Files.createDirectory(folder.resolve("val"));
        Cli.run("eval", "linear", "--data", folder, "--conv", 3, "--model", "m", "--config", "uad")
                .exits(2)
                .says("--model and --config", "--set");
    }

    @Test
    void aPluginNeedsAStageANameAndAPackageThatCanBe() {
        Cli.run("plugins", "new", "klustering", "mine").exits(2).says("no stage 'klustering'", "clustering");
        Cli.run("plugins", "new", "clustering", "Mine").exits(2).says("'Mine'", "my-medians");
        for (var name : new String[] {"mine", "com.new", "com.ex\u00e4mple.mine", "com.a-b"}) {
            Cli.run("plugins", "new", "clustering", "mine", "--package", name)
                    .exits(2)
                    .says(name, "--package", "com.example.medians");
        }
        for (var name : new String[] {"java.mine", "io.uad.mine", "org.slf4j.mine"}) {
            Cli.run("plugins", "new", "clustering", "mine", "--package", name)
                    .exits(2)
                    .says(name, "not for plugins");
        }
    }

    @Test
    void aPackedFileIsNamedAsOneAndItsFormIsOneThatThereIs() throws IOException {
        var file = folder.resolve("x.uadpack");
        Cli.run("dataset", "pack", folder, "-o", folder.resolve("x.bin"))
                .exits(2)
                .says("x.bin", ".uadpack");
        for (var side : new String[] {"0", "-1", "big"}) {
            Cli.run("dataset", "pack", folder, "-o", file, "--short-side", side)
                    .exits(2)
                    .says("--short-side", "found " + side, "none");
        }
        Cli.run("dataset", "pack", folder, "-o", file, "--encoding", "jpeg", "--quality", 101)
                .exits(2)
                .says("--quality", "1 to 100");
        Cli.run("dataset", "pack", folder, "-o", file, "--quality", 90)
                .exits(2)
                .says("raw pixels have no quality", "--encoding jpeg");
        Cli.run("dataset", "pack", folder, "-o", file, "--encoding", "gif")
                .exits(2)
                .says("--encoding", "RAW, JPEG");
        Files.createFile(file);
        Cli.run("dataset", "pack", folder, "-o", file).exits(2).says("the file exists", "--overwrite");
    }

    @Test
    void dataWithoutItsPartsSaysWhatItNeeds() throws IOException {
        Cli.run("eval", "linear", "--data", folder.resolve("none"), "--conv", 3, "--model", "m")
                .exits(3)
                .says("there is no folder", "--data", "train/ and val/");
        Files.createDirectory(folder.resolve("val"));
        Cli.run("eval", "linear", "--data", folder, "--conv", 3, "--model", "m")
                .exits(3)
                .says("there is no train/ in " + folder, "--data", "train/ and val/");
    }
}
