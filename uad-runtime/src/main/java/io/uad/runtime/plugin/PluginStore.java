package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The user's own folder of plugins: puts plugins there and takes them away. */
public final class PluginStore {
    private static final String CHECKSUM_ENDING = ".sha512";

    private final Path folder;
    private final Path cache;
    private final PluginFolder plugins;

    /**
     * @param folder made when the first plugin comes
     * @param cache where zips are unpacked to
     */
    public PluginStore(Path folder, Path cache) {
        this.folder = folder;
        this.cache = cache;
        this.plugins = new PluginFolder(folder, cache);
    }

    /**
     * A plugin of the folder.
     *
     * @param components {@code stage/name} each; none unless it was loaded
     * @param warnings sentences without a full stop about what went wrong beside its installation
     */
    public record Stored(Path file, String id, String version, List<String> components, List<String> warnings) {
        Stored(Path file, String id, String version, List<String> components) {
            this(file, id, version, components, List.of());
        }

        /** Whether a user can mean it by that name; on some disks case does not tell files apart, so it never does. */
        private boolean isCalled(String name) {
            return id.equalsIgnoreCase(name) || isFile(name);
        }

        private boolean isFile(String name) {
            return file.getFileName().toString().equalsIgnoreCase(name);
        }
    }

    /**
     * Copies a plugin into the folder, after a look at its checksum, its entries, and whether it can be loaded here.
     *
     * @param file a jar or a zip
     * @param checksum its SHA-512 in hexadecimal; else a file of the same name with {@code .sha512} behind it is read
     * @param elsewhere components of other places, which it must not bring again
     * @param consent asked, with a question, where no checksum is known and before another version is replaced
     * @return what was installed; empty if consent was refused
     * @throws UadException of kind CONFIG if there is no such file, PLUGIN if the plugin is broken, hostile, altered or in
     *     conflict, RESOURCE if the disk refuses
     */
    public Optional<Stored> install(
            Path file, Optional<String> checksum, List<RegisteredComponent> elsewhere, Predicate<String> consent) {
        requirePlugin(file);
        var warnings = new ArrayList<String>();
        Optional<Stored> installed;
        try (var staged = StagedPlugin.copy(file, folder, warnings::add)) {
            installed = install(file, staged, checksum, elsewhere, consent);
        } catch (IOException e) {
            throw disk("cannot be installed to " + folder + ": " + e, file, e);
        }
        return installed.map(plugin ->
                new Stored(plugin.file(), plugin.id(), plugin.version(), plugin.components(), List.copyOf(warnings)));
    }

    private Optional<Stored> install(
            Path file,
            StagedPlugin staged,
            Optional<String> checksum,
            List<RegisteredComponent> elsewhere,
            Predicate<String> consent)
            throws IOException {
        var found = CodeOrigin.hash(staged.file());
        var expected = checksum.or(() -> checksumBeside(file));
        if (expected.isPresent() && !expected.get().trim().equalsIgnoreCase(found)) {
            throw refused(
                    file,
                    "is not what its checksum says: its SHA-512 is " + found,
                    expected.get().trim(),
                    "Get it again from where it came");
        }
        new PluginZip(file, staged.file()).checkWholly();
        if (expected.isEmpty()
                && !consent.test("No checksum of " + file + " is known; its SHA-512 is " + found + ". Install it?")) {
            return Optional.empty();
        }
        var plugin = inspected(file, staged);
        var before = list().stream()
                .filter(old -> old.id().equalsIgnoreCase(plugin.id()) || old.isFile(String.valueOf(file.getFileName())))
                .toList();
        requireNoConflict(file, plugin, before, elsewhere);
        for (var old : before) {
            if (!consent.test(
                    old.id() + " " + old.version() + " is installed. Replace it by " + plugin.version() + "?")) {
                return Optional.empty();
            }
        }
        var unpacked = before.stream()
                .flatMap(old -> unpacked(old.file()).stream())
                .filter(old -> !unpacked(staged.file()).equals(Optional.of(old)))
                .toList();
        var target = staged.install();
        for (var old : before) {
            if (!isSame(old.file(), target)) {
                removeOld(old.file(), target);
            }
        }
        unpacked.forEach(PluginStore::deleteIfPossible);
        return Optional.of(new Stored(target, plugin.id(), plugin.version(), plugin.components()));
    }

    /** What the copy says it is, if it works here. It is closed again, as what is open cannot be moved everywhere. */
    private static Stored inspected(Path file, StagedPlugin staged) {
        try (var loaded =
                PluginFolder.isolated(file, staged.file(), staged.cache()).load()) {
            requireWorking(file, loaded);
            return new Stored(file, loaded.identity().id(), loaded.identity().version(), names(loaded));
        }
    }

    /**
     * Takes a plugin away.
     *
     * @param name its id, its file's name, or the name of a component of it, in any case
     * @throws UadException of kind CONFIG if there is none or several are called so; of kind RESOURCE if the disk refuses
     */
    public Stored remove(String name) {
        var installed = list();
        var called = installed.stream().filter(stored -> stored.isCalled(name)).toList();
        if (called.isEmpty()) {
            called = installed.stream().filter(stored -> brings(stored, name)).toList();
        }
        if (called.size() > 1) {
            throw UadException.config(
                    called.size() + " plugins are called '" + name + "'",
                    folder.toString(),
                    "the name of one file of "
                            + called.stream()
                                    .map(stored -> stored.file().getFileName().toString())
                                    .collect(Collectors.joining(", ")),
                    "Remove one by its file's name");
        }
        if (called.isEmpty()) {
            var known = installed.stream().map(Stored::id).toList();
            throw UadException.config(
                    "no installed plugin is called '" + name + "'",
                    folder.toString(),
                    known.isEmpty() ? "an installed plugin, and there is none" : "one of " + String.join(", ", known),
                    "'uad plugins list' shows where each plugin lies; those of the distribution stay");
        }
        var file = called.get(0).file();
        var unpacked = unpacked(file);
        try {
            TemporaryFolder.delete(file);
        } catch (IOException e) {
            throw disk("cannot be removed: " + e.getMessage(), file, e);
        }
        unpacked.ifPresent(PluginStore::deleteIfPossible);
        return called.get(0);
    }

    /** Whether a plugin brings a component, given as {@code name} or {@code stage/name}; only now it is loaded. */
    private boolean brings(Stored stored, String name) {
        try (var loaded =
                PluginFolder.isolated(stored.file(), stored.file(), cache).load()) {
            return loaded.contents().components().stream()
                    .anyMatch(component -> component.name().equalsIgnoreCase(name)
                            || component.id().equalsIgnoreCase(name));
        } catch (UadException e) {
            return false; // it brings nothing to anyone
        }
    }

    /** The plugins of the folder, by file, as they call themselves; none is loaded. */
    private List<Stored> list() {
        try {
            return plugins.plugins().stream().map(PluginStore::described).toList();
        } catch (IOException e) {
            throw disk("cannot be read: " + e.getMessage(), folder, e);
        }
    }

    private static Stored described(Path file) {
        PluginIdentity identity;
        try {
            identity = PluginIdentity.of(file);
        } catch (RuntimeException e) { // a damaged one can be replaced and removed too
            identity = PluginIdentity.unknown(file);
        }
        return new Stored(file, identity.id(), identity.version(), List.of());
    }

    private static void requirePlugin(Path file) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        if (!Files.isRegularFile(file) || !(name.endsWith(".jar") || name.endsWith(".zip"))) {
            throw UadException.config(
                    Files.exists(file) ? "it is no jar and no zip" : "no such file",
                    file.toString(),
                    "the jar or zip of a plugin",
                    "Give the file that the plugin's author offers");
        }
    }

    private static Optional<String> checksumBeside(Path file) {
        var beside = file.resolveSibling(file.getFileName() + CHECKSUM_ENDING);
        if (!Files.isRegularFile(beside)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(beside).strip().split("\\s+", 2)[0]); // as sha512sum writes it
        } catch (IOException e) {
            throw disk("cannot be read: " + e.getMessage(), beside, e);
        }
    }

    private static void requireWorking(Path file, IsolatedPlugin.Loaded loaded) {
        var failures = loaded.contents().failures();
        if (!failures.isEmpty() || loaded.contents().components().isEmpty()) {
            var reasons = new ArrayList<>(loaded.contents().warnings());
            failures.forEach(failure -> reasons.add(failure.reason()));
            throw refused(
                    file,
                    "does not work here: " + String.join("; ", reasons),
                    "a plugin for this version",
                    "Ask its author for another version");
        }
    }

    private static void requireNoConflict(
            Path file, Stored plugin, List<Stored> replaced, List<RegisteredComponent> elsewhere) {
        for (var component : elsewhere) {
            var leaves = replaced.stream().anyMatch(old -> old.file().toString().equals(component.origin()));
            if (!leaves && plugin.components().contains(component.id())) {
                throw refused(
                        file,
                        "brings " + component.id() + ", which " + component.origin() + " brings already",
                        "one plugin per name",
                        "Remove the other one first");
            }
        }
    }

    private static boolean isSame(Path old, Path target) {
        try {
            return !Files.exists(old) || Files.isSameFile(old, target);
        } catch (IOException e) {
            throw disk("cannot be read: " + e.getMessage(), old, e);
        }
    }

    private static void removeOld(Path old, Path target) {
        try {
            TemporaryFolder.delete(old);
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "the new version lies in " + target + ", and the old one cannot be removed: " + e,
                    old.toString(),
                    "one of the two, since they bring the same",
                    "Delete " + old,
                    e);
        }
    }

    /** Where a zip was unpacked to; empty if it is none or was not. */
    private Optional<Path> unpacked(Path plugin) {
        try {
            return PluginForm.of(plugin).filter(PluginForm.ZIP::equals).isPresent()
                    ? Optional.of(new PluginZip(plugin).unpacked(cache)).filter(Files::isDirectory)
                    : Optional.empty();
        } catch (UadException e) {
            return Optional.empty(); // what cannot be read was not unpacked
        }
    }

    /** Removes what takes room and does no harm. */
    private static void deleteIfPossible(Path unpacked) {
        try {
            TemporaryFolder.delete(unpacked);
        } catch (IOException e) {
            // it may be in use
        }
    }

    private static List<String> names(IsolatedPlugin.Loaded loaded) {
        return loaded.contents().components().stream()
                .map(RegisteredComponent::id)
                .toList();
    }

    private static UadException refused(Path file, String found, String expected, String action) {
        return new UadException(
                ErrorKind.PLUGIN, "the plugin " + file.getFileName() + " " + found, file.toString(), expected, action);
    }

    private static UadException disk(String found, Path where, IOException cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                found,
                where.toString(),
                "a folder that can be read and written",
                "Free the disk, correct the permissions, or set UAD_HOME to another folder",
                cause);
    }
}
