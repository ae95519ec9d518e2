package io.uad.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.DatasetWriter;
import io.uad.api.dataset.Sample;
import io.uad.api.dataset.WriterRequest;
import io.uad.api.image.Image;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.Fakes;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.image.StoredForm;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three images of one pixel. */
class PackingTest {
    @TempDir
    Path folder;

    @Test
    void aCopyIsThereWhenItIsWhole() throws IOException {
        var file = folder.resolve("copy");
        assertEquals(3, packing(new Pixels(false), file).execute().images());
        assertEquals("123", Files.readString(file));
    }

    @Test
    void imagesThatChangeMeanwhileAreNotPacked() {
        var file = folder.resolve("copy");
        var error = assertThrows(
                UadException.class, () -> packing(new Pixels(true), file).execute());
        assertEquals(ErrorKind.DATA, error.kind());
        assertTrue(error.toString().contains("changed while it was packed"), error.toString());
        assertFalse(Files.exists(file));
    }

    private static Packing packing(Pixels provider, Path file) {
        var kind = RegisteredComponent.of(Stage.DATASET, provider);
        var config = new ConfigReader(Fakes.registry(List.of(kind)), PresetSource.installed())
                .read(List.of(ConfigLayer.text("my.yaml", "dataset: {plugin: pixels}\nlistener: []\n")));
        return new Packing(config, kind, file, new StoredForm(OptionalInt.empty(), StoredForm.Encoding.RAW, 95));
    }

    /** A dataset, written as the first byte of each image. */
    private static final class Pixels implements DatasetProvider {
        private final boolean changes;
        private int opened;

        Pixels(boolean changes) {
            this.changes = changes;
        }

        @Override
        public String name() {
            return "pixels";
        }

        @Override
        public String description() {
            return "single pixels";
        }

        @Override
        public Class<? extends Record> optionsType() {
            return NoOptions.class;
        }

        @Override
        public Dataset create(Options options) {
            opened++;
            return new Three("fingerprint " + (changes ? opened : 1));
        }

        @Override
        public DatasetWriter writer(WriterRequest request) {
            return new DatasetWriter() {
                @Override
                public void add(Sample sample, Content content) throws IOException {
                    request.out().write(((Content.Decoded) content).image().rgb()[0]);
                }

                @Override
                public void leaveOut(Sample sample) {
                    throw new AssertionError("all can be read");
                }

                @Override
                public void finish() {}
            };
        }
    }

    private record Three(String fingerprint) implements Dataset {
        @Override
        public DatasetSummary summary() {
            return new DatasetSummary("memory", List.of(), 0, fingerprint);
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public Sample sample(int index) {
            return new Sample(index + ".png", -1);
        }

        @Override
        public Content read(int index) {
            return new Content.Decoded(new Image(1, 1, new byte[] {(byte) ('1' + index), 0, 0}));
        }
    }
}
