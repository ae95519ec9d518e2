package io.uad.runtime.plugin;

import io.uad.api.ComponentProvider;
import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.dataset.DatasetWriter;
import io.uad.api.dataset.WriterRequest;
import io.uad.api.engine.EngineProvider;
import io.uad.api.engine.NativesRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A component that a plugin brings.
 *
 * @param stage which stage it can serve
 * @param name its name within the stage, kebab-case
 * @param description one line
 * @param version of its plugin, {@code unknown} if that does not say
 * @param origin the path of its plugin's jar or folder, {@code unknown} if it has none
 * @param provider what makes it
 * @param optionsType the record of its options
 */
public record RegisteredComponent(
        Stage stage,
        String name,
        String description,
        String version,
        String origin,
        ComponentProvider<?> provider,
        Class<? extends Record> optionsType) {
    static final String UNKNOWN_VERSION = "0.0.0";

    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /**
     * Asks a provider who it is.
     *
     * @throws IllegalArgumentException if the provider breaks its contract
     */
    public static RegisteredComponent of(Stage stage, ComponentProvider<?> provider) {
        var type = provider.getClass();
        if (!stage.providerType().isInstance(provider)) {
            throw new IllegalArgumentException(
                    type.getName() + " must be a " + stage.providerType().getName());
        }
        var name = said("name()", provider.name());
        if (!KEBAB_CASE.matcher(name).matches()) {
            throw new IllegalArgumentException("name() must be kebab-case, was '" + name + "'");
        }
        var optionsType = said("optionsType()", provider.optionsType());
        if (!optionsType.isRecord()) {
            throw new IllegalArgumentException("optionsType() must be a record, was " + optionsType.getName());
        }
        var origin = CodeOrigin.of(type);
        return new RegisteredComponent(
                stage,
                name,
                said("description()", provider.description()),
                origin.version(type),
                origin.description(),
                provider,
                optionsType);
    }

    /** The same, of a plugin that says itself which version it is; {@code origin} is what the user put there. */
    RegisteredComponent from(String plugin, String pluginVersion) {
        return new RegisteredComponent(
                stage,
                name,
                description,
                pluginVersion.equals(UNKNOWN_VERSION) ? version : pluginVersion,
                plugin,
                provider,
                optionsType);
    }

    /** {@code stage/name}, as lists and provenance print it. */
    public String id() {
        return stage.key() + "/" + name;
    }

    /** SHA-512 in hexadecimal, computed now, of the plugin's file or else of the jar in its folder; empty if it has none. */
    public Optional<String> sha512() {
        var file = Path.of(origin);
        return Files.isRegularFile(file)
                ? Optional.of(CodeOrigin.hash(file))
                : CodeOrigin.of(provider.getClass()).sha512();
    }

    /**
     * Makes the component.
     *
     * @param type the stage's component interface
     * @param options an instance of {@link #optionsType()}
     * @return the component, guarded: wherever it fails later, the message names it
     * @throws IllegalArgumentException if that is not the stage's interface
     * @throws UadException as the provider throws it; of kind PLUGIN if the provider fails in any other way
     */
    public <C> C create(Class<C> type, Options options) {
        if (type != stage.componentType()) {
            throw new IllegalArgumentException(
                    "type must be " + stage.componentType().getName() + ", was " + type.getName());
        }
        Object made;
        try {
            made = PluginCalls.during(this, () -> provider.create(options));
        } catch (Throwable e) {
            PluginContract.passOn(this, e);
            throw broken("cannot be created: " + e + PluginContract.place(e), e);
        }
        if (!type.isInstance(made)) {
            throw broken(
                    "its provider made "
                            + (made == null ? "nothing" : made.getClass().getName()),
                    null);
        }
        return type.cast(Guarded.of(this, made));
    }

    /**
     * Asks an engine to compute with other natives from now on.
     *
     * @return as {@link EngineProvider#installNatives}
     * @throws IllegalArgumentException if this is no engine
     * @throws UadException as the provider throws it; of kind PLUGIN if the provider fails in any other way
     */
    public Optional<Path> installNatives(NativesRequest request) {
        if (!(provider instanceof EngineProvider engine)) {
            throw new IllegalArgumentException("only an engine has natives, and this is " + id());
        }
        return PluginContract.guard(this, "installNatives()", () -> engine.installNatives(request));
    }

    /**
     * Begins to write a dataset of this kind.
     *
     * @return guarded, as what {@link #create} makes
     * @throws IllegalArgumentException if this is no dataset
     * @throws UadException as the provider throws it; of kind PLUGIN if the provider fails in any other way
     * @throws IOException if the beginning cannot be written
     */
    public DatasetWriter writer(WriterRequest request) throws IOException {
        if (!(provider instanceof DatasetProvider dataset)) {
            throw new IllegalArgumentException("only a dataset is written, and this is " + id());
        }
        return new GuardedDatasetWriter(
                this, PluginContract.guard(this, "writer()", IOException.class, () -> dataset.writer(request)));
    }

    private UadException broken(String found, @Nullable Throwable cause) {
        return new UadException(
                ErrorKind.PLUGIN,
                found,
                id(),
                "a working component",
                "Update or remove the plugin " + origin + " (version " + version + ")",
                cause);
    }

    private static <T> T said(String method, @Nullable T answer) {
        return Objects.requireNonNull(answer, () -> method + " must not be null");
    }
}
