package io.uad.exchange.torch;

import io.uad.api.ErrorKind;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;

/** An open file of {@code torch.save}. Numbers are read when they are asked for. */
public final class TorchFile implements AutoCloseable {
    private static final int ZIP = 'P';
    private static final int PICKLE = 0x80;

    /** Where the parts of a file lie. */
    interface Layout extends AutoCloseable {
        /** What was saved: values, lists, dictionaries, and {@link StoredTensor}s. */
        Object root();

        /** The bytes of a storage, little-endian; exactly as many as it has elements. */
        InputStream open(Storage storage) throws IOException;

        @Override
        void close() throws IOException;
    }

    private final Path path;
    private final Layout layout;

    private TorchFile(Path path, Layout layout) {
        this.path = path;
        this.layout = layout;
    }

    /** Whether a file begins as one of {@code torch.save} does, or as any other zip or pickle. */
    public static boolean looksLikeOne(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (var in = new FileInputStream(path.toFile())) {
            var first = in.read();
            return (first == ZIP && in.read() == 'K') || first == PICKLE;
        } catch (IOException e) {
            return false; // whoever reads it as something else will say what is wrong
        }
    }

    /**
     * Opens a file and reads what was saved, but for the numbers.
     *
     * @throws UadException of kind DATA if it is missing, none, damaged, or names what is not allowed
     */
    public static TorchFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw broken(path, "no such file", null);
        }
        if (!looksLikeOne(path)) {
            throw broken(path, "neither a zip nor a pickle, so no file of torch.save", null);
        }
        try (var in = new FileInputStream(path.toFile())) {
            return new TorchFile(path, in.read() == ZIP ? ZipLayout.open(path) : StreamLayout.open(path));
        } catch (IOException e) {
            throw broken(path, "truncated or damaged: " + e.getMessage(), e);
        } catch (PickleException e) {
            throw broken(path, String.valueOf(e.getMessage()), e);
        }
    }

    /** What was saved: values, lists, dictionaries in their order, and {@link StoredTensor}s. */
    public Object root() {
        return layout.root();
    }

    /**
     * The numbers of a tensor in C order, as float32 or as integers of their own size.
     *
     * @throws UadException of kind DATA if they are not all there, or of a type that no network's state has
     */
    public Tensor read(StoredTensor tensor) {
        try {
            return TensorReader.read(tensor, layout);
        } catch (IOException e) {
            throw broken(path, "truncated or damaged: " + e.getMessage(), e);
        } catch (PickleException e) {
            throw broken(path, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        try {
            layout.close();
        } catch (IOException e) {
            throw broken(path, "cannot be closed: " + e.getMessage(), e);
        }
    }

    private static UadException broken(Path path, String found, @Nullable Exception cause) {
        return new UadException(
                ErrorKind.DATA,
                found,
                path.toString(),
                "a checkpoint that the original program wrote with torch.save",
                "Copy it again, or load it in Python and save its epoch, arch, state_dict and optimizer anew",
                cause);
    }
}
