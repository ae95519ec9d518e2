package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A project to begin a plugin with, out of the jar of its stage's Maven archetype: with the same files as Maven makes of it. */
final class ProjectTemplate {
    private static final String RESOURCES = "archetype-resources/";

    /** Whose files belong into the package. */
    private static final Pattern SOURCES = Pattern.compile("src/(main|test)/java/");

    private static final Pattern IN_TEXT = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern IN_NAME = Pattern.compile("__(\\w+?)__");

    private final Path archetype;

    private ProjectTemplate(Path archetype) {
        this.archetype = archetype;
    }

    /**
     * The template of a stage.
     *
     * @param archetypes the distribution's folder of archetypes
     * @throws UadException of kind RESOURCE if it has none
     */
    static ProjectTemplate of(Stage stage, Path archetypes) {
        try (var files = Files.newDirectoryStream(archetypes, "uad-archetype-" + stage.key() + "-*.jar")) {
            for (var file : files) {
                return new ProjectTemplate(file);
            }
        } catch (IOException e) {
            // Said below.
        }
        throw UadException.resource(
                "there is no archetype for a " + stage.key(),
                archetypes.toString(),
                "uad-archetype-" + stage.key() + "-VERSION.jar",
                "Install UAD again, or build it: mvn package");
    }

    /**
     * The project's files.
     *
     * @param properties what stands in the place of {@code ${key}} in files and {@code __key__} in their names
     * @return texts by path, with {@code /} between folders
     * @throws IOException if the archetype cannot be read
     */
    Map<String, String> files(Map<String, String> properties) throws IOException {
        var files = new TreeMap<String, String>();
        try (var zip = new ZipFile(archetype.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (entry.getName().startsWith(RESOURCES) && !entry.isDirectory()) {
                    var name = entry.getName().substring(RESOURCES.length());
                    try (var in = zip.getInputStream(entry)) {
                        var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        files.put(place(name, properties), filled(IN_TEXT, text, properties));
                    }
                }
            }
        }
        return files;
    }

    private static String place(String name, Map<String, String> properties) {
        var place = filled(IN_NAME, name, properties);
        var sources = SOURCES.matcher(place);
        return sources.lookingAt()
                ? sources.group() + properties.getOrDefault("package", "").replace('.', '/') + "/"
                        + place.substring(sources.end())
                : place;
    }

    /** With every key that is known replaced; others belong to Maven. */
    private static String filled(Pattern pattern, String text, Map<String, String> properties) {
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(properties.getOrDefault(found.group(1), found.group())));
    }
}
