package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Every component of every place where plugins lie. Immutable. */
public final class PluginRegistry {
    /** Names that users of the original scripts write in another case. */
    private static final Set<String> CASELESS_CLUSTERINGS = Set.of("kmeans", "pic");

    private final List<RegisteredComponent> components;
    private final List<LoadFailure> failures;

    private PluginRegistry(List<RegisteredComponent> components, List<LoadFailure> failures) {
        this.components = components;
        this.failures = failures;
    }

    /**
     * What a class loader sees.
     *
     * @throws UadException of kind PLUGIN if two components share stage and name
     */
    public static PluginRegistry load(ClassLoader loader) {
        return of(List.of(new ServiceLoaderSource(loader, type -> true)));
    }

    /**
     * What several places hold together.
     *
     * @throws UadException of kind PLUGIN if two components share stage and name
     */
    public static PluginRegistry of(List<PluginSource> sources) {
        var components = new ArrayList<RegisteredComponent>();
        var failures = new ArrayList<LoadFailure>();
        for (var source : sources) {
            var contents = source.contents();
            components.addAll(contents.components());
            failures.addAll(contents.failures());
        }
        components.sort(Comparator.comparing(RegisteredComponent::stage).thenComparing(RegisteredComponent::name));
        refuseDuplicates(components);
        return new PluginRegistry(List.copyOf(components), List.copyOf(failures));
    }

    /** All components, by stage and name. */
    public List<RegisteredComponent> components() {
        return components;
    }

    /** One stage's components, by name. */
    public List<RegisteredComponent> components(Stage stage) {
        return components.stream()
                .filter(component -> component.stage() == stage)
                .toList();
    }

    /** The providers that could not be loaded, a sentence each. */
    public List<String> warnings() {
        return failures.stream().map(LoadFailure::reason).toList();
    }

    /**
     * A component by name; {@code Kmeans} and {@code PIC} may be written in any case.
     *
     * @throws UadException of kind CONFIG if there is none, naming the nearest; of kind PLUGIN if there is none and a
     *     provider of that stage could not be loaded
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
        var lowerCase = name.toLowerCase(Locale.ROOT);
        var wanted = stage == Stage.CLUSTERING && CASELESS_CLUSTERINGS.contains(lowerCase) ? lowerCase : name;
        return components(stage).stream()
                .filter(component -> component.name().equals(wanted))
                .findFirst();
    }

    private UadException unknown(Stage stage, String name, String where) {
        var known = components(stage).stream().map(RegisteredComponent::name).toList();
        var nearest = Spelling.nearest(name, known);
        var failed = failures.stream()
                .filter(failure -> failure.stage() == stage)
                .map(LoadFailure::reason)
                .toList();
        // A name that is no misspelling is probably that of the plugin that failed.
        var kind = failed.isEmpty() || nearest.isPresent() ? ErrorKind.CONFIG : ErrorKind.PLUGIN;
        var action = nearest.map(near -> "The nearest known name is " + near)
                .orElse("Choose one of these, or install the plugin that brings it");
        return new UadException(
                kind,
                "unknown " + stage.key() + " '" + name + "'",
                where,
                known.isEmpty() ? "an installed plugin, and there is none" : "one of " + String.join(", ", known),
                failed.isEmpty() ? action : action + ". Note that " + String.join("; ", failed));
    }

    private static void refuseDuplicates(List<RegisteredComponent> components) {
        var seen = new HashMap<String, RegisteredComponent>();
        for (var component : components) {
            var other = seen.put(component.id(), component);
            if (other != null) {
                throw new UadException(
                        ErrorKind.PLUGIN,
                        "two plugins bring " + component.id() + ": " + other.origin() + " and " + component.origin(),
                        "",
                        "one plugin per name",
                        "Remove one of them");
            }
        }
    }
}
