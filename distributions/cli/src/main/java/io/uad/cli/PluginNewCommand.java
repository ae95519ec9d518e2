package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.Version;
import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.apache.commons.io.file.PathUtils;
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
    private static final String PACKAGE = "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+";
    private static final String FIRST_VERSION = "1.0.0";
    private static final List<String> RESERVED =
            List.of("java.", "javax.", "jdk.", "sun.", "io.uad.", "org.slf4j.", "org.jspecify.");

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
        out.println("  cd " + (folder.toString().matches("[\\w./-]+") ? folder : "'" + folder + "'"));
        out.println("  mvn verify");
        out.println("  uad plugins verify target/" + project + "-" + FIRST_VERSION + ".jar");
        out.println("  uad plugins describe " + chosen.key() + "/" + name + " --plugins target/classes");
        out.println("Its README.md says more. Maven needs uad-api and uad-testkit " + Version.CURRENT
                + ": in the sources of UAD, 'mvn -pl plugins/testkit -am install -DskipTests' puts them into your "
                + "repository.");
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
        if (!inPackage.matches(PACKAGE) || !SourceVersion.isName(inPackage, SourceVersion.RELEASE_17)) {
            throw UadException.config(
                    "'" + inPackage + "' is no package",
                    "--package",
                    "Java names with dots between them, two or more, such as com.example.medians",
                    "Give another one by --package");
        }
        if (RESERVED.stream().anyMatch((inPackage + ".")::startsWith)) {
            throw UadException.config(
                    "the package " + inPackage + " is not for plugins",
                    "--package",
                    "one of your own, since a plugin sees those of Java and of the API from elsewhere",
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
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw UadException.config(
                    "there is something already", folder.toString(), "a folder to be made", "Name another one by -o");
        }
        try {
            var files = template.files(properties);
            requireOwnNames(files);
            var parent = folder.toAbsolutePath().normalize().getParent();
            Files.createDirectories(parent);
            var temporary = Files.createTempDirectory(parent, ".new-plugin");
            try {
                var project = Files.createDirectory(temporary.resolve("project")); // with the rights of any folder
                for (var file : files.entrySet()) {
                    var place = project.resolve(file.getKey());
                    Files.createDirectories(place.getParent());
                    Files.writeString(place, file.getValue());
                }
                Files.move(project, folder);
            } finally {
                PathUtils.deleteDirectory(temporary);
            }
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "cannot be written: " + e,
                    folder.toString(),
                    "a folder that can be written",
                    "Name another one by -o",
                    e);
        }
    }

    /** A class of the project must not be called like one of the API that its files import. */
    private void requireOwnNames(Map<String, String> files) {
        for (var path : files.keySet()) {
            var type = path.replaceFirst(".*/", "").replaceFirst("\\.java$", "");
            if (files.values().stream().anyMatch(text -> text.contains("." + type + ";\n"))) {
                throw UadException.config(
                        "a class of '" + name + "' would be called " + type + ", like one of the API",
                        "plugins new",
                        "a name of its own",
                        "Choose another name, such as my-" + name);
            }
        }
    }

    /** For the help and for completion. */
    static final class StageNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Stage.values()).map(Stage::key).iterator();
        }
    }
}
