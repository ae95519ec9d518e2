package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.Version;
import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad plugins new}. */
@Command(
        name = "new",
        description = {
            "Write a Maven project to begin a plugin with: one that builds, passes its contract test and runs.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad plugins new clustering my-medians",
            "  uad plugins new listener tracker --package com.example.tracker -o ../tracker",
        })
final class PluginNewCommand implements Runnable {
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final String FIRST_VERSION = "1.0.0";

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "STAGE",
            completionCandidates = StageNames.class,
            description = "What it is to be: ${COMPLETION-CANDIDATES}.")
    private String stage = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "What a configuration will call it, such as my-medians.")
    private String name = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where the project goes. Default: STAGE-NAME here.")
    private @Nullable Path output;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The Java package; all but its last part is the Maven group. Default: org.example.NAME.")
    private @Nullable String packageName;

    PluginNewCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        var chosen = stage();
        var properties = properties(chosen);
        var project = properties.get("artifactId");
        var folder = output == null ? Path.of(project) : output;
        write(chosen, folder, properties);
        var out = spec.commandLine().getOut();
        out.println(folder + " holds a plugin that works. Next:");
        out.println("  cd " + folder);
        out.println("  mvn verify");
        out.println("  uad plugins verify target/" + project + "-" + FIRST_VERSION + ".jar");
        out.println("  uad plugins describe " + chosen.key() + "/" + name + " --plugins target/classes");
        out.println("Its README.md says more. Maven needs uad-api and uad-testkit " + Version.CURRENT
                + ": in the sources of UAD, 'mvn install -DskipTests' puts them into your repository.");
        out.flush();
    }

    private Stage stage() {
        return Arrays.stream(Stage.values())
                .filter(known -> known.key().equals(stage))
                .findFirst()
                .orElseThrow(() -> UadException.config(
                        "there is no stage '" + stage + "'",
                        "plugins new",
                        Arrays.stream(Stage.values()).map(Stage::key).collect(Collectors.joining(", ")),
                        "Name one of these"));
    }

    private Map<String, String> properties(Stage stage) {
        if (!name.matches(NAME)) {
            throw UadException.config(
                    "'" + name + "' is no name for a plugin",
                    "plugins new",
                    "lower-case words with - between them, such as my-medians",
                    "Choose another name");
        }
        var id = stage.key() + "/" + name;
        if (environment.registry().components().stream()
                .anyMatch(component -> component.id().equals(id))) {
            throw UadException.config(
                    "there is a " + id + " already",
                    "plugins new",
                    "a name of its own, since two plugins of one name shut each other out",
                    "Choose another name");
        }
        var inPackage = Optional.ofNullable(packageName).orElse("org.example." + name.replace("-", ""));
        if (!SourceVersion.isName(inPackage, SourceVersion.RELEASE_17) || inPackage.indexOf('.') < 0) {
            throw UadException.config(
                    "'" + inPackage + "' is no package",
                    "--package",
                    "Java names with dots between them, two or more, such as com.example.medians",
                    "Give another one by --package");
        }
        var properties = new LinkedHashMap<String, String>();
        properties.put("groupId", inPackage.substring(0, inPackage.lastIndexOf('.')));
        properties.put("artifactId", stage.key() + "-" + name);
        properties.put("version", FIRST_VERSION);
        properties.put("package", inPackage);
        properties.put("name", name);
        properties.put("className", className());
        return properties;
    }

    private String className() {
        return Arrays.stream(name.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** All of it or nothing. */
    private void write(Stage stage, Path folder, Map<String, String> properties) {
        var template = ProjectTemplate.of(stage, environment.places().archetypes());
        if (Files.exists(folder)) {
            throw UadException.config(
                    "there is something already", folder.toString(), "a folder to be made", "Name another one by -o");
        }
        try {
            var parent = folder.toAbsolutePath().normalize().getParent();
            Files.createDirectories(parent);
            var temporary = Files.createTempDirectory(parent, ".new-plugin");
            try {
                var project = Files.createDirectory(temporary.resolve("project")); // with the rights of any folder
                template.write(project, properties);
                Files.move(project, folder);
            } finally {
                delete(temporary);
            }
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "cannot be written: " + e.getMessage(),
                    folder.toString(),
                    "a folder that can be written",
                    "Name another one by -o",
                    e);
        }
    }

    /** For the help and for completion. */
    static final class StageNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Stage.values()).map(Stage::key).iterator();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
