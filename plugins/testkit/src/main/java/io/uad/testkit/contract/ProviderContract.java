package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ComponentProvider;
import io.uad.api.Options;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every provider promises: that it can be found, named, described and configured.
 *
 * @param <P> the stage's provider
 * @param <C> the stage's component
 */
public abstract class ProviderContract<P extends ComponentProvider<C>, C> {
    private @Nullable Options given;

    /** For the contracts of the stages. */
    ProviderContract() {}

    /** A new provider, as {@link java.util.ServiceLoader} would make it. */
    protected abstract P provider();

    /**
     * Options under which everything is checked; unless overridden, the defaults.
     *
     * @throws IllegalStateException if an option has no default
     */
    protected Options options() {
        return Options.of(OptionDefaults.of(provider().optionsType()));
    }

    /** Takes those options instead of {@link #options()}. */
    final ProviderContract<P, C> with(@Nullable Options options) {
        given = options;
        return this;
    }

    final Options chosenOptions() {
        return given == null ? options() : given;
    }

    /** A new component with the options under test. */
    final C create() {
        return provider().create(chosenOptions());
    }

    @Test
    final void theProviderHasAPublicConstructorWithoutParameters() throws NoSuchMethodException {
        var type = provider().getClass();
        assertTrue(Modifier.isPublic(type.getModifiers()), type + " is not public");
        assertTrue(
                Modifier.isPublic(type.getDeclaredConstructor().getModifiers()),
                "the constructor of " + type + " is not public");
    }

    @Test
    final void theNameIsInKebabCase() {
        var name = provider().name();
        assertTrue(name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), "the name is '" + name + "'");
    }

    @Test
    final void theDescriptionIsOneLine() {
        var description = provider().description();
        assertTrue(!description.isBlank() && description.lines().count() == 1, "it is '" + description + "'");
    }

    @Test
    final void twoProvidersSayTheSame() {
        var one = provider();
        var other = provider();
        assertEquals(one.name(), other.name());
        assertEquals(one.description(), other.description());
        assertEquals(one.optionsType(), other.optionsType());
    }

    @Test
    final void theOptionsAreAPublicRecordInAnExportedPackage() {
        assertReadable(provider().optionsType());
        OptionRanges.forEach(provider().optionsType(), component -> {
            if (component.getType().isRecord()) {
                assertReadable(component.getType());
            }
        });
    }

    private static void assertReadable(Class<?> type) {
        assertTrue(type.isRecord() && Modifier.isPublic(type.getModifiers()), type + " is no public record");
        assertTrue(type.getModule().isExported(type.getPackageName()), type.getPackageName() + " is not exported");
    }

    @Test
    final void everyOptionIsDescribedInALine() {
        OptionRanges.forEach(provider().optionsType(), OptionRanges::assertDescribed);
    }

    @Test
    final void everyRangeAllowsSomething() {
        OptionRanges.forEach(provider().optionsType(), OptionRanges::assertConsistent);
    }

    @Test
    final void everyDefaultCanBeReadAndLiesInItsRange() {
        OptionRanges.forEach(provider().optionsType(), OptionRanges::assertDefaultWithinRange);
    }

    @Test
    final void theDefaultsGoTogether() {
        try {
            OptionDefaults.of(provider().optionsType());
        } catch (NoDefaultException e) {
            // Then there is nothing to put together: a user gives it.
        }
    }

    @Test
    final void theOptionsMakeAComponent() throws Exception {
        var options = chosenOptions();
        var component = assertDoesNotThrow(() -> provider().create(options));
        assertNotNull(component);
        if (component instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @Test
    final void aServiceFileNamesTheProvider() throws IOException {
        var type = provider().getClass();
        var file = "META-INF/services/" + Stage.service(provider()).getName();
        var loader = type.getClassLoader();
        assertNotNull(loader);
        for (var url : Collections.list(loader.getResources(file))) {
            if (names(url, type.getName())) {
                return;
            }
        }
        throw new AssertionError("no " + file + " names " + type.getName());
    }

    private static boolean names(URL file, String provider) throws IOException {
        var connection = file.openConnection();
        connection.setUseCaches(false); // else the jar stays open
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .anyMatch(provider::equals);
        }
    }
}
