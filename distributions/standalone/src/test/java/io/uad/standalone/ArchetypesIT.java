package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger does: one project of each archetype, built by Maven as it is, verified, and all used in one run. */
@DisabledOnOs(OS.WINDOWS) // a user may not make links there
class ArchetypesIT {
    private static final String GENERATE =
            "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("archetype.version") + ":generate";

    private static final List<String> STAGES =
            Arrays.stream(Stage.values()).map(Stage::key).toList();

    @TempDir
    static Path folder;

    private static MavenRepository repository;

    @BeforeAll
    static void generateAndBuild() throws IOException {
        repository = new MavenRepository(folder.resolve("repository"))
                .install("", "uad-parent")
                .install("uad-api", "uad-api")
                .install("plugins", "uad-plugins")
                .install("plugins/testkit", "uad-testkit")
                .install("plugins/archetype", "uad-archetypes");
        var projects = Files.createDirectory(folder.resolve("projects"));
        for (var stage : STAGES) {
            repository.install("plugins/archetype/" + stage, "uad-archetype-" + stage);
            repository.maven(
                    projects,
                    GENERATE,
                    "-DarchetypeCatalog=local",
                    "-DarchetypeGroupId=io.uad",
                    "-DarchetypeArtifactId=uad-archetype-" + stage,
                    "-DarchetypeVersion=" + MavenRepository.version(),
                    "-DgroupId=org.example",
                    "-DartifactId=" + stage + "-my-own",
                    "-Dversion=1.0.0",
                    "-Dpackage=org.example.myown",
                    "-Dname=my-own");
        }
        Files.writeString(
                projects.resolve("pom.xml"),
                STAGES.stream()
                        .map(stage -> "<module>" + stage + "-my-own</module>")
                        .collect(Collectors.joining(
                                "",
                                "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>"
                                        + "<artifactId>all</artifactId><version>1</version><packaging>pom</packaging>"
                                        + "<modules>",
                                "</modules></project>")));
        repository.maven(projects, "-T2", "verify");
    }

    @AfterAll
    static void removeLinks() throws IOException {
        repository.close();
    }

    private static Path project(String stage) {
        return folder.resolve("projects").resolve(stage + "-my-own");
    }

    private static Path jar(String stage) {
        return project(stage).resolve("target/" + stage + "-my-own-1.0.0.jar");
    }

    @Test
    void theCommandWritesTheSameProjectsAsMaven() throws IOException {
        for (var stage : STAGES) {
            var written = folder.resolve("written").resolve(stage);
            Uad.run("plugins", "new", stage, "my-own", "-o", written).exits(0).says("mvn verify");
            assertEquals(files(project(stage)), files(written), stage);
        }
    }

    /** Texts by path, without what a build has made. */
    private static Map<String, String> files(Path project) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.walk(project)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var path = project.relativize(file);
                if (!path.startsWith("target")) {
                    texts.put(path.toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    @Test
    void theContractOfEachStageWasCheckedInTheBuild() throws IOException {
        for (var stage : STAGES) {
            var report = project(stage).resolve("target/surefire-reports/org.example.myown.MyOwnContractTest.txt");
            var text = Files.readString(report);
            assertTrue(text.contains("Failures: 0, Errors: 0, Skipped: 0"), text);
            assertFalse(text.contains("Tests run: 0"), text);
        }
    }

    @Test
    void theScorecardOfAJarAndOfTheZipWithItsLibrariesIsGood() {
        var zip = Path.of(jar("clustering").toString().replace(".jar", ".zip"));
        for (var plugin : List.of(jar("clustering"), zip, project("clustering").resolve("target/classes"))) {
            Uad.run("plugins", "verify", plugin).exits(0).says("clustering/my-own: ", " 0 failed");
        }
    }

    @Test
    void oneOfEachStageWorksTogetherInARun() throws IOException {
        var images = Images.write(folder.resolve("images"), 4, 1).resolve("train");
        var list = new ArrayList<String>();
        try (var files = Files.walk(images)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                list.add(images.relativize(file) + "\t" + file.getParent().getFileName());
            }
        }
        Files.write(images.resolve("images.txt"), list);
        var run = folder.resolve("run");
        var arguments = new ArrayList<Object>(
                List.of("train", images.resolve("images.txt"), "--exp", run, "--epochs", 2, "--batch", 16));
        arguments.addAll(List.of("--checkpoints", 1, "--set", "image.size=32"));
        for (var stage : STAGES) {
            arguments.addAll(List.of("--plugins", jar(stage), "--set"));
            arguments.add(stage.equals("listener") ? "listener=[console, jsonl, my-own]" : stage + ".plugin=my-own");
        }

        Uad.run(arguments.toArray()).exits(0);

        var epochs = Files.readAllLines(run.resolve("epochs.csv"));
        assertEquals(3, epochs.size(), epochs.toString());
        assertTrue(epochs.get(0).startsWith("epoch,iteration,"), epochs.toString());
    }

    @Test
    void aJarIsFoundOnTheClassPathAndOnTheModulePath() {
        var jars = List.of(jar("clustering"));
        var main = ListComponents.class.getName();
        assertTrue(Distribution.onTheClassPath(jars, main).contains("clustering/my-own null"));
        assertTrue(Distribution.onTheModulePath(jars, main).contains("clustering/my-own org.example.myown"));
    }
}
