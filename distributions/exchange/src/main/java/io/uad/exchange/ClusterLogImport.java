package io.uad.exchange;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.exchange.pickle.SizedInput;
import io.uad.exchange.pickle.StrictUnpickler;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.ClusterFile;
import io.uad.runtime.checkpoint.ClusterRows;
import io.uad.runtime.checkpoint.Csv;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;

/**
 * The original program's log of assignments, {@code EXP/clusters}: a pickle of one entry per epoch, each a list of clusters,
 * each a list of the numbers of its images, counted from 0 in folder order.
 */
public final class ClusterLogImport {
    private static final int NONE = -1;

    private final List<int[]> epochs;
    private final List<String> paths;

    private ClusterLogImport(List<int[]> epochs, List<String> paths) {
        this.epochs = epochs;
        this.paths = paths;
    }

    /**
     * Reads a log.
     *
     * @param paths of the images by number; none to name them by their numbers
     * @throws UadException of kind DATA if it is none, is damaged or refused, if an epoch does not give every image one
     *     cluster, or if the images are of another number
     */
    public static ClusterLogImport read(Path file, Optional<List<String>> paths) {
        if (!Files.isRegularFile(file)) {
            throw broken(file, "no such file", null);
        }
        try (var in = new SizedInput(new FileInputStream(file.toFile()), Files.size(file))) {
            var unpickler = new StrictUnpickler(
                    Map.of(),
                    id -> {
                        throw new PickleException("it refers to other data");
                    },
                    Files.size(file));
            if (!(unpickler.load(in) instanceof List<?> log)) {
                throw new PickleException("it holds no list");
            }
            var epochs = new ArrayList<int[]>();
            for (var epoch : log) {
                epochs.add(labels(epochs.size(), epoch));
            }
            var images = epochs.stream().mapToInt(labels -> labels.length).max().orElse(0);
            if (epochs.isEmpty() || epochs.stream().anyMatch(labels -> labels.length != images)) {
                throw new PickleException(
                        epochs.isEmpty() ? "it holds no epoch" : "its epochs are of several datasets");
            }
            return new ClusterLogImport(epochs, names(file, images, paths));
        } catch (IOException e) {
            throw broken(file, "truncated or damaged: " + e.getMessage(), e);
        } catch (PickleException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** One line for people. */
    public String summary() {
        return epochs.size() + " epochs of " + paths.size() + " images";
    }

    /**
     * Writes a file per epoch as runs do, {@code epoch-0000.csv.gz}; distances are 0 and weights 1, since the log has none.
     *
     * @throws UadException of kind CONFIG if one is there and must not be replaced, RESOURCE if it cannot be written
     */
    public void writeFolder(Path folder, boolean overwrite) {
        var files = IntStream.range(0, epochs.size())
                .mapToObj(epoch -> folder.resolve(String.format(Locale.ROOT, "epoch-%04d.csv.gz", epoch)))
                .toList();
        files.forEach(file -> requireNew(file, overwrite));
        var ones = new float[paths.size()];
        Arrays.fill(ones, 1);
        for (var epoch = 0; epoch < epochs.size(); epoch++) {
            var rows = new ClusterRows(paths, epochs.get(epoch), new float[paths.size()], ones);
            ClusterFile.write(files.get(epoch), rows);
        }
    }

    /**
     * Writes one table of {@code epoch,path,cluster}.
     *
     * @throws UadException of kind CONFIG if it is there and must not be replaced, RESOURCE if it cannot be written
     */
    public void writeTable(Path file, boolean overwrite) {
        requireNew(file, overwrite);
        AtomicFile.write(file, 0, out -> {
            var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            text.write("epoch,path,cluster\n");
            for (var epoch = 0; epoch < epochs.size(); epoch++) {
                for (var image = 0; image < paths.size(); image++) {
                    text.write(epoch + "," + Csv.quoted(paths.get(image)) + "," + epochs.get(epoch)[image] + "\n");
                }
            }
            text.flush();
        });
    }

    private static int[] labels(int epoch, Object entry) {
        if (!(entry instanceof List<?> clusters) || clusters.stream().anyMatch(cluster -> !(cluster instanceof List))) {
            throw new PickleException("epoch " + epoch + " is no list of lists");
        }
        var count = clusters.stream()
                .mapToInt(cluster -> ((List<?>) cluster).size())
                .sum();
        var labels = new int[count];
        Arrays.fill(labels, NONE);
        for (var cluster = 0; cluster < clusters.size(); cluster++) {
            for (var image : (List<?>) clusters.get(cluster)) {
                if (!(image instanceof Integer number) || number < 0 || number >= count || labels[number] != NONE) {
                    throw new PickleException("epoch " + epoch + " of " + count + " images puts "
                            + (image instanceof Number ? "image " + image : "something other than an image's number")
                            + " into cluster " + cluster + ", which is no new image's number");
                }
                labels[number] = cluster;
            }
        }
        return labels;
    }

    private static List<String> names(Path file, int images, Optional<List<String>> paths) {
        if (paths.isPresent() && paths.get().size() != images) {
            throw UadException.data(
                    "it is about " + images + " images",
                    file.toString(),
                    "as many as in the dataset, " + paths.get().size(),
                    "Name the folder of images that it was made with, or leave --data out");
        }
        return paths.orElseGet(
                () -> IntStream.range(0, images).mapToObj(Integer::toString).toList());
    }

    private static void requireNew(Path file, boolean overwrite) {
        if (Files.exists(file) && !overwrite) {
            throw UadException.config(
                    "a file of that name is there", file.toString(), "a new name", "Give another -o, or --overwrite");
        }
    }

    private static UadException broken(Path file, String found, @Nullable Exception cause) {
        return new UadException(
                ErrorKind.DATA,
                found,
                file.toString(),
                "a log of assignments of the original program (EXP/clusters): lists of lists of image numbers",
                "Name that file, or copy it again",
                cause);
    }
}
