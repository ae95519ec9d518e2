package io.uad.plugin.dataset.packed;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.plugin.dataset.packed.PackFormat.Entry;
import io.uad.plugin.dataset.packed.PackFormat.Footer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** An open packed file. Its index stays where it is, in mapped memory: a million images take no heap. */
final class PackFile {
    private static final String WHERE = "dataset.path";
    private static final String AGAIN = "Copy the file again, or pack the images again with 'uad dataset pack'";
    private static final int CHECKED_AT_ONCE = 1 << 26;

    private final MappedFile file;
    private final Footer footer;
    private final Description description;

    private PackFile(MappedFile file, Footer footer, Description description) {
        this.file = file;
        this.footer = footer;
        this.description = description;
    }

    /** @throws UadException of kind DATA if there is no such file, or it is not whole or of another version */
    static PackFile open(Path path) {
        if (!Files.exists(path)) {
            throw UadException.data(
                    "there is no file " + path.toAbsolutePath(), WHERE, "a packed file (.uadpack)", "Correct the path");
        }
        if (Files.isDirectory(path)) {
            throw UadException.data(
                    path + " is a folder",
                    WHERE,
                    "a packed file (.uadpack)",
                    "For a folder of images set dataset.plugin=image-folder, or pack it with 'uad dataset pack'");
        }
        try {
            return open(path, MappedFile.open(path));
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA, "it cannot be read: " + e, path.toString(), "", "Grant the right to read it", e);
        }
    }

    private static PackFile open(Path path, MappedFile file) throws IOException {
        requireVersion(path, file);
        var end = file.size() - PackFormat.FOOTER_BYTES;
        if (end < PackFormat.HEADER_BYTES || !Footer.isWhole(file.bytes(end, PackFormat.FOOTER_BYTES))) {
            throw UadException.data(
                    path + " is cut short: it has " + file.size() + " bytes and does not end as a packed file does",
                    WHERE,
                    "a whole packed file",
                    AGAIN);
        }
        var footer = Footer.read(file.part(end, PackFormat.FOOTER_BYTES));
        if (!footer.fits(file.size())) {
            throw UadException.data(
                    path + " has " + file.size() + " bytes, which is not what its end says",
                    WHERE,
                    "a whole packed file",
                    AGAIN);
        }
        if (checksum(file, footer) != footer.indexChecksum()) {
            throw UadException.data(
                    "the index of " + path + " has changed since it was written",
                    WHERE,
                    "a packed file as written",
                    AGAIN);
        }
        var start = footer.descriptionOffset();
        var length = Math.toIntExact(footer.indexOffset() + footer.indexLength() - start);
        return new PackFile(file, footer, Description.read(file.part(start, length)));
    }

    private static void requireVersion(Path path, MappedFile file) throws IOException {
        if (file.size() < PackFormat.HEADER_BYTES
                || !PackFormat.startsWithMagic(file.part(0, PackFormat.HEADER_BYTES))) {
            throw UadException.data(
                    path + " is no packed file" + (file.size() == 0 ? ", it is empty" : ""),
                    WHERE,
                    "what 'uad dataset pack' wrote",
                    "Correct the path, or pack the images again");
        }
        var version = file.part(0, PackFormat.HEADER_BYTES).getLong(PackFormat.VERSION_AT);
        if (version != PackFormat.VERSION) {
            throw UadException.data(
                    path + " has version " + version + " of the packed format",
                    WHERE,
                    "version " + PackFormat.VERSION,
                    "Pack the images again with 'uad dataset pack', or use the version of UAD that wrote it");
        }
    }

    private static int checksum(MappedFile file, Footer footer) throws IOException {
        var crc = new CRC32C();
        var end = footer.indexOffset() + footer.indexLength();
        for (var at = footer.indexOffset(); at < end; at += CHECKED_AT_ONCE) {
            crc.update(file.part(at, (int) Math.min(CHECKED_AT_ONCE, end - at)));
        }
        return (int) crc.getValue();
    }

    Description description() {
        return description;
    }

    int images() {
        return footer.images();
    }

    /** How many images there are and how many were left out. */
    int entries() {
        return footer.images() + footer.leftOut();
    }

    /** @param index 0 to {@code entries() - 1}; those of what was left out come last */
    Entry entry(int index) throws IOException {
        return Entry.read(
                file.part(footer.indexOffset() + (long) PackFormat.ENTRY_BYTES * index, PackFormat.ENTRY_BYTES));
    }

    String name(Entry entry) throws IOException {
        return new String(
                file.bytes(footer.namesOffset() + entry.nameOffset(), entry.nameLength()), StandardCharsets.UTF_8);
    }

    /**
     * The bytes of an image.
     *
     * @throws IOException if they are not those that were packed
     */
    byte[] content(Entry entry) throws IOException {
        var bytes = file.bytes(entry.offset(), entry.length());
        var found = PackFormat.checksum(bytes, bytes.length);
        if (found != entry.checksum()) {
            throw new IOException(String.format(
                    "its bytes in the packed file have changed: checksum %08x instead of %08x",
                    found, entry.checksum()));
        }
        return bytes;
    }
}
