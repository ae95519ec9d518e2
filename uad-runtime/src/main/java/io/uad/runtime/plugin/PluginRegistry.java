package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every component of every place where plugins lie. Immutable. Closed by who has only looked: components of a closed one do
 * not work.
 */
public final class PluginRegistry implements AutoCloseable {
    /** Names that users of the original scripts write in another case. */
    private static final Set<String> CASELESS_CLUSTERINGS = Set.of("kmeans", "pic");

    private final List<RegisteredComponent> components;
    private final List<LoadFailure> failures;
    private final Map<String, String> conflicts;
    private final List<String> warnings;
    private final List<PluginSource.Contents> sources;

    private PluginRegistry(
            List<RegisteredComponent> components,
            List<LoadFailure> failures,
            Map<String, String> conflicts,
            List<String> warnings,
            List<PluginSource.Contents> sources) {
        this.components = components;
        this.failures = failures;
        this.conflicts = conflicts;
        this.warnings = warnings;
        this.sources = sources;
    }

    /** What a class loader sees. */
    public static PluginRegistry load(ClassLoader loader) {
        return load(loader, List.of());
    }

    /** What a class loader sees, and what lies in other places. */
    public static PluginRegistry load(ClassLoader loader, List<PluginSource> others) {
        var sources = new ArrayList<PluginSource>();
        sources.add(new ServiceLoaderSource(loader, type -> true));
        sources.addAll(others);
        return of(sources);
    }

    /** What several places hold together. A name that two plugins of a stage bring is nobody's. */
    public static PluginRegistry of(List<PluginSource> sources) {
        var components = new ArrayList<RegisteredComponent>();
        var failures = new ArrayList<LoadFailure>();
        var warnings = new ArrayList<String>();
        var opened = new ArrayList<PluginSource.Contents>();
        for (var source : sources) {
            var contents = source.contents();
            opened.add(contents);
            components.addAll(contents.components());
            failures.addAll(contents.failures());
            warnings.addAll(contents.warnings());
        }
        components.sort(Comparator.comparing(RegisteredComponent::stage).thenComparing(RegisteredComponent::name));
        var conflicts = conflicts(components);
        components.removeIf(component -> conflicts.containsKey(component.id()));
        return new PluginRegistry(
                List.copyOf(components), List.copyOf(failures), conflicts, List.copyOf(warnings), List.copyOf(opened));
    }

    /** All components that can be used, by stage and name. */
    public List<RegisteredComponent> components() {
        return components;
    }

    /** One stage's components, by name. */
    public List<RegisteredComponent> components(Stage stage) {
        return components.stream()
                .filter(component -> component.stage() == stage)
                .toList();
    }

    /** What users should know of their plugins: those that failed, those in conflict, and more; a sentence each. */
    public List<String> warnings() {
        var sentences = new ArrayList<String>();
        failures.forEach(failure -> sentences.add(failure.reason()));
        sentences.addAll(conflicts.values());
        sentences.addAll(warnings);
        return sentences;
    }

    /** The names that two plugins bring, as {@code stage/name}, with a sentence that tells which. */
    public Map<String, String> conflicts() {
        return conflicts;
    }

    /** The providers and plugins that could not be loaded. */
    public List<LoadFailure> failures() {
        return failures;
    }

    /**
     * A component by name; {@code Kmeans} and {@code PIC} may be written in any case.
     *
     * @throws UadException of kind CONFIG if there is none, naming the nearest; of kind PLUGIN if two plugins bring it, or
     *     if there is none and a plugin that may have brought it could not be loaded
     */
    public RegisteredComponent find(Stage stage, String name) {
        return find(stage, name, "");
    }

    /** As {@link #find(Stage, String)}, for a name that was read at {@code where}. */
    public RegisteredComponent find(Stage stage, String name, String where) {
        return lookUp(stage, name).orElseThrow(() -> unknown(stage, name, where));
    }

    /** A component by name, as {@link #find(Stage, String)}; empty if there is none. */
    public Optional<RegisteredComponent> lookUp(Stage stage, String name) {
        var wanted = canonical(stage, name);
        return components(stage).stream()
                .filter(component -> component.name().equals(wanted))
                .findFirst();
    }

    private static String canonical(Stage stage, String name) {
        var lowerCase = name.toLowerCase(Locale.ROOT);
        return stage == Stage.CLUSTERING && CASELESS_CLUSTERINGS.contains(lowerCase) ? lowerCase : name;
    }

    private UadException unknown(Stage stage, String name, String where) {
        var conflict = conflicts.get(stage.key() + "/" + canonical(stage, name));
        if (conflict != null) {
            return new UadException(ErrorKind.PLUGIN, conflict, where, "one plugin per name", "Remove one of them");
        }
        var known = components(stage).stream().map(RegisteredComponent::name).toList();
        var nearest = Spelling.nearest(name, known);
        var failed = failures.stream()
                .filter(failure -> failure.concerns(stage))
                .map(LoadFailure::reason)
                .toList();
        // A name that is no misspelling is probably that of the plugin that failed.
        var kind = failed.isEmpty() || nearest.isPresent() ? ErrorKind.CONFIG : ErrorKind.PLUGIN;
        var action = nearest.map(near -> "The nearest known name is " + near)
                .orElse("Choose one of these, or install the plugin that brings it ('uad plugins install FILE')");
        return new UadException(
                kind,
                "unknown " + stage.key() + " '" + name + "'",
                where,
                known.isEmpty() ? "an installed plugin, and there is none" : "one of " + String.join(", ", known),
                failed.isEmpty() ? action : action + ". Note that " + String.join("; ", failed));
    }

    @Override
    public void close() {
        var loaders =
                sources.stream().flatMap(source -> source.loaders().stream()).toList();
        new PluginSource.Contents(List.of(), List.of(), List.of(), loaders).close();
    }

    private static Map<String, String> conflicts(List<RegisteredComponent> components) {
        var origins = new TreeMap<String, List<String>>();
        components.forEach(component ->
                origins.computeIfAbsent(component.id(), id -> new ArrayList<>()).add(component.origin()));
        var conflicts = new LinkedHashMap<String, String>();
        origins.forEach((id, places) -> {
            if (places.size() > 1) {
                conflicts.put(id, places.size() + " plugins bring " + id + ": " + String.join(" and ", places));
            }
        });
        return Collections.unmodifiableMap(conflicts);
    }
}
