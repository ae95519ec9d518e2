package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/**
 * What a dataset promises: see {@link Dataset}. A subclass overrides {@link #options()} to name a small set that can be read,
 * of two samples or more.
 */
public abstract class DatasetContract extends ProviderContract<DatasetProvider, Dataset> {
    private static final int MOST_READ = 64;

    /** For subclasses. */
    protected DatasetContract() {}

    private static int some(Dataset dataset) {
        return Math.min(dataset.size(), MOST_READ);
    }

    /** A copy of everything that a sample holds. */
    private static byte[] bytes(Content content) {
        if (content instanceof Content.Encoded encoded) {
            return encoded.bytes().clone();
        }
        if (content instanceof Content.Decoded decoded) {
            return decoded.image().rgb().clone();
        }
        var values = ((Content.Vector) content).values();
        var bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        for (var value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    @Test
    final void thereAreSamplesToCheck() {
        assertTrue(create().size() >= 2, "size is " + create().size() + ": options() should name 2 samples or more");
    }

    @Test
    final void theSummarySaysWhereAndWhatItIs() {
        var summary = create().summary();
        assertFalse(summary.location().isBlank(), "no location");
        assertFalse(summary.fingerprint().isBlank(), "no fingerprint");
        assertTrue(summary.ignoredFiles() >= 0, "ignoredFiles is " + summary.ignoredFiles());
        assertTrue(summary.vectorLength().orElse(1) >= 1, "vectorLength is " + summary.vectorLength());
        assertEquals(summary.classes().size(), new HashSet<>(summary.classes()).size(), "classes come twice");
    }

    @Test
    final void twoInstancesAreEqual() throws IOException {
        var one = create();
        var other = create();
        assertEquals(one.summary(), other.summary());
        assertEquals(one.size(), other.size());
        for (var index = 0; index < some(one); index++) {
            assertEquals(one.sample(index), other.sample(index));
            assertArrayEquals(bytes(one.read(index)), bytes(other.read(index)), "sample " + index);
        }
    }

    @Test
    final void samplesHaveNamesOfTheirOwn() {
        var dataset = create();
        var paths = new HashSet<String>();
        for (var index = 0; index < dataset.size(); index++) {
            var path = dataset.sample(index).path();
            assertFalse(path.isBlank() || path.startsWith("/") || path.contains("\\"), "path '" + path + "'");
            assertTrue(paths.add(path), path + " comes twice");
        }
    }

    @Test
    final void labelsAreIndicesOfClassesOrNone() {
        var dataset = create();
        var classes = dataset.summary().classes().size();
        for (var index = 0; index < dataset.size(); index++) {
            var sample = dataset.sample(index);
            assertTrue(sample.label() >= -1 && sample.label() < classes, sample + " of " + classes + " classes");
        }
    }

    @Test
    final void anIndexOutsideIsRefused() {
        var dataset = create();
        assertThrows(IndexOutOfBoundsException.class, () -> dataset.sample(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> dataset.sample(dataset.size()));
    }

    @Test
    final void samplesAreAllVectorsOfTheLengthThatTheSummarySaysOrAllImages() throws IOException {
        var dataset = create();
        var length = dataset.summary().vectorLength();
        for (var index = 0; index < some(dataset); index++) {
            var content = dataset.read(index);
            assertEquals(length.isPresent(), content instanceof Content.Vector, "sample " + index);
            if (content instanceof Content.Vector vector) {
                assertEquals(length.orElse(0), vector.values().length, "length of sample " + index);
                Rows.assertFinite(vector.values(), "sample " + index);
            } else {
                assertTrue(bytes(content).length > 0, "sample " + index + " is empty");
            }
        }
    }

    @Test
    final void whatWasReadBelongsToTheReceiver() throws IOException {
        var dataset = create();
        assumeTrue(dataset.size() > 0, "no samples");
        var content = dataset.read(0);
        var before = bytes(content);
        if (content instanceof Content.Encoded encoded) {
            Arrays.fill(encoded.bytes(), (byte) 0x55);
        } else if (content instanceof Content.Vector vector) {
            Arrays.fill(vector.values(), Float.NaN);
        }
        assertArrayEquals(before, bytes(dataset.read(0)));
    }

    @Test
    final void severalThreadsMayReadAtOnce() throws Exception {
        var dataset = create();
        var some = some(dataset);
        assumeTrue(some > 0, "no samples");
        var found = Concurrently.call(4 * some, i -> () -> {
            dataset.sample(i % some);
            return bytes(dataset.read(i % some));
        });
        for (var i = 0; i < found.size(); i++) {
            assertArrayEquals(bytes(dataset.read(i % some)), found.get(i), "sample " + i % some);
        }
    }

    @Test
    final void twentyReadingsLeaveNothingBehind() throws Exception {
        var dataset = create();
        Heap.assertFlat(() -> {
            for (var i = 0; i < 4 * MOST_READ && dataset.size() > 0; i++) {
                dataset.read(i % some(dataset));
            }
        });
    }
}
