package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * What a stranger does by the guide: one project of each archetype, built by Maven as it is, verified, and all used in one
 * run. The code that the guide shows is that of these projects.
 */
@DisabledOnOs(OS.WINDOWS) // a user may not make links there
class ArchetypesIT {
    private static final String GENERATE =
            "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("archetype.version") + ":generate";

    @TempDir
    static Path folder;

    private static MavenRepository repository;
    private static List<Project> projects;

    /** A plugin's project, named as on the page of its stage. */
    private record Project(String stage, String name) {
        static Project of(Stage stage) {
            try {
                var page = GuidePage.read(stage.key() + ".md");
                var words = page.blocks("").get(0).strip().split(" "); // its first block
                assertEquals(
                        List.of("uad", "plugins", "new", stage.key()),
                        List.of(words).subList(0, 4));
                return new Project(stage.key(), words[4]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String artifact() {
            return stage + "-" + name;
        }

        String packageName() {
            return "org.example." + name.replace("-", "");
        }

        Path folder() {
            return ArchetypesIT.folder.resolve("projects").resolve(artifact());
        }

        Path jar() {
            return folder().resolve("target/" + artifact() + "-1.0.0.jar");
        }
    }

    @BeforeAll
    static void generateAndBuild() throws IOException {
        repository = new MavenRepository(folder.resolve("repository"))
                .install("", "uad-parent")
                .install("uad-api", "uad-api")
                .install("plugins", "uad-plugins")
                .install("plugins/testkit", "uad-testkit")
                .install("plugins/archetype", "uad-archetypes");
        var here = Files.createDirectory(folder.resolve("projects"));
        projects = Arrays.stream(Stage.values()).map(Project::of).toList();
        for (var project : projects) {
            var archetype = "uad-archetype-" + project.stage();
            repository
                    .install("plugins/archetype/" + project.stage(), archetype)
                    .maven(
                            here,
                            GENERATE,
                            "-DarchetypeCatalog=local",
                            "-DarchetypeGroupId=io.uad",
                            "-DarchetypeArtifactId=" + archetype,
                            "-DarchetypeVersion=" + MavenRepository.version(),
                            "-DgroupId=org.example",
                            "-DartifactId=" + project.artifact(),
                            "-Dversion=1.0.0",
                            "-Dpackage=" + project.packageName(),
                            "-Dname=" + project.name());
        }
        Files.writeString(
                here.resolve("pom.xml"),
                projects.stream()
                        .map(project -> "<module>" + project.artifact() + "</module>")
                        .collect(Collectors.joining(
                                "",
                                "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>"
                                        + "<artifactId>all</artifactId><version>1</version><packaging>pom</packaging>"
                                        + "<modules>",
                                "</modules></project>")));
        repository.maven(here, "-T2", "verify", "-DargLine=-XX:TieredStopAtLevel=1");
    }

    @AfterAll
    static void removeLinks() throws IOException {
        if (repository != null) {
            repository.close();
        }
    }

    private static Project project(Stage stage) {
        return projects.stream()
                .filter(project -> project.stage().equals(stage.key()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCommandWritesTheSameProjectsAsMaven() throws IOException {
        for (var project : projects) {
            var written = folder.resolve("written").resolve(project.artifact());
            Uad.run("plugins", "new", project.stage(), project.name(), "-o", written)
                    .exits(0)
                    .says("mvn verify");
            assertEquals(files(project.folder()), files(written), project.stage());
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
    void aNameThatWouldHideAClassOfTheApiIsRefused() {
        var written = folder.resolve("hiding");
        Uad.run("plugins", "new", "engine", "session", "-o", written).exits(2).says("SessionState", "my-session");
        assertFalse(Files.exists(written));
    }

    @Test
    void theGuideShowsTheCodeThatWasBuilt() throws IOException {
        for (var project : projects) {
            var page = GuidePage.read(project.stage() + ".md");
            var blocks = page.blocks("java");
            assertFalse(blocks.isEmpty(), page.name());
            for (var block : blocks) {
                var file = GuidePage.fileOf(block);
                var main = project.folder().resolve("src/main/java").resolve(file);
                var built = Files.exists(main)
                        ? main
                        : project.folder().resolve("src/test/java").resolve(file);
                assertEquals(Files.readString(built), block, page.name() + " shows another " + file);
            }
        }
    }

    @Test
    void theContractOfEachStageWasCheckedInTheBuild() throws IOException {
        for (var project : projects) {
            var reports = project.folder().resolve("target/surefire-reports");
            try (var files = Files.newDirectoryStream(reports, "*ContractTest.txt")) {
                var text = Files.readString(files.iterator().next());
                assertTrue(text.contains("Failures: 0, Errors: 0, Skipped: 0"), text);
                assertFalse(text.contains("Tests run: 0"), text);
            }
        }
    }

    @Test
    void theScorecardOfAJarOfAZipAndOfTheClassesOfABuildIsGood() {
        var clustering = project(Stage.CLUSTERING);
        var zip = Path.of(clustering.jar().toString().replace(".jar", ".zip"));
        for (var plugin : List.of(clustering.jar(), zip, clustering.folder().resolve("target/classes"))) {
            Uad.run("plugins", "verify", plugin)
                    .exits(0)
                    .says("clustering/" + clustering.name() + ": ", "checks passed, 0 failed");
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
        var dataset = project(Stage.DATASET);
        Uad.run("plugins", "verify", dataset.jar(), "--set", "dataset.path=" + images.resolve("images.txt"))
                .exits(0)
                .says("21 of 21 checks passed");
        var run = folder.resolve("run");
        var arguments = new ArrayList<Object>(
                List.of("train", images.resolve("images.txt"), "--exp", run, "--epochs", 2, "--batch", 16));
        arguments.addAll(List.of("--checkpoints", 1, "--set", "image.size=32"));
        for (var project : projects) {
            arguments.addAll(List.of("--plugins", project.jar(), "--set"));
            arguments.add(
                    project.stage().equals("listener")
                            ? "listener=[console, jsonl, " + project.name() + "]"
                            : project.stage() + ".plugin=" + project.name());
        }

        Uad.run(arguments.toArray()).exits(0);

        var lines = Files.readAllLines(run.resolve("epochs.csv"));
        assertEquals("epoch,figure,value", lines.get(0));
        assertTrue(lines.stream().allMatch(line -> line.split(",").length == 3), lines.toString());
        for (var epoch = 0; epoch < 2; epoch++) {
            var loss = epoch + ",loss,";
            assertEquals(1, lines.stream().filter(line -> line.startsWith(loss)).count(), lines.toString());
        }
    }

    @Test
    void aJarIsFoundOnTheClassPathAndOnTheModulePath() {
        var clustering = project(Stage.CLUSTERING);
        var id = "clustering/" + clustering.name();
        var jars = List.of(clustering.jar());
        var main = ListComponents.class.getName();
        assertTrue(Distribution.onTheClassPath(jars, main).contains(id + " null"));
        assertTrue(Distribution.onTheModulePath(jars, main).contains(id + " " + clustering.packageName()));
    }
}
