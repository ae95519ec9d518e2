package io.uad.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.TapSelection;
import io.uad.exchange.CheckpointImport.Hints;
import io.uad.exchange.torch.PickleBytes;
import io.uad.exchange.torch.TorchBytes;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointManifest.Phase;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.config.ConfigLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fixtures {@code zip.pth.tar} and {@code stream.pth.tar} were written by PyTorch 1.13 as the original program writes
 * its checkpoints: AlexNet with Sobel and data parallelism, made narrow (channels 1, 3, 4, 4, 3 and two hidden units) so
 * that the files are small, after two steps of SGD on random images, at epoch 7, with a head of 4.
 */
class CheckpointImportTest {
    /** What PyTorch answers in evaluation mode for the input of {@link #generatedImage}. */
    private static final float[] LOGITS = {0.23977022f, -0.30175802f, -0.62151337f, -0.4937563f};

    @TempDir
    Path folder;

    private static CheckpointImport.Result read(Path file, Hints hints) {
        return new CheckpointImport(Networks.REGISTRY, Networks.READER).read(file, hints);
    }

    private static CheckpointImport.Result read(Path file) {
        return read(file, Hints.NONE);
    }

    private Path fixture(String name) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            try (var in = CheckpointImportTest.class.getResourceAsStream(name)) {
                Files.copy(in, file);
            }
        }
        return file;
    }

    private static String refused(Path file, Hints hints) {
        var refusal = assertThrows(UadException.class, () -> read(file, hints));
        var message = String.valueOf(refusal.getMessage());
        assertEquals(ErrorKind.DATA, refusal.kind(), message);
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth.tar", "stream.pth.tar"})
    void theNetworkIsRebuiltAndComputesWhatPyTorchComputed(String name) throws IOException {
        var result = read(fixture(name));
        var model = result.checkpoint().manifest().model();
        assertEquals("alexnet", model.backbone());
        assertEquals(64, model.inputSide());
        assertEquals(4, model.headClasses());
        var config = Networks.READER.read(List.of(
                ConfigLayer.text("manifest", result.checkpoint().manifest().config())));
        assertEquals(Optional.of(true), config.backbone().option("sobel"));
        var network = config.backbone()
                .create(Backbone.class)
                .network(TensorShape.image(config.image().size()));
        try (var engine = Networks.engine();
                var session = engine.open(network, result.checkpoint().weights())) {
            var batch = Networks.batch(generatedImage(), network.input());
            var logits = session.forward(batch, List.of(TapSelection.all(Network.TOP)))
                    .get(0)
                    .values();
            // Sums of a few hundred float32 products of order 1.
            assertArrayEquals(LOGITS, logits, 1e-5f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth.tar", "stream.pth.tar"})
    void momentumAndEpochAreThoseOfTheFile(String name) throws IOException {
        var checkpoint = read(fixture(name)).checkpoint();
        assertEquals(6, checkpoint.manifest().position().epoch(), "the last one that was begun; 7 comes next");
        assertEquals(Phase.COMPLETE, checkpoint.manifest().position().phase());
        assertNull(checkpoint.clusters());
        var momentum = checkpoint.momentum();
        assertEquals(
                24, momentum.names().size(), "5 convolutions, 5 normalisations, 2 linear layers, without the head");
        var first = momentum.get("features.0.weight").floats();
        assertArrayEquals(new float[] {6.2932486e-07f, -5.3908434e-07f, -2.367758e-07f}, Arrays.copyOf(first, 3));
        assertArrayEquals(
                new float[] {-4.624738e-07f, -4.799592e-06f},
                momentum.get("classifier.4.bias").floats());
        assertEquals(
                2L, checkpoint.weights().get("features.1.num_batches_tracked").longs()[0], "two steps");
    }

    @Test
    void bothLayoutsGiveEqualCheckpointsThatOurFilesKeep() throws IOException {
        var fromZip = read(fixture("zip.pth.tar")).checkpoint();
        assertEquals(fromZip, read(fixture("stream.pth.tar")).checkpoint());
        var file = folder.resolve("model.safetensors");
        CheckpointStore.write(file, fromZip);
        var kept = CheckpointStore.read(file);
        assertEquals(fromZip.weights(), kept.weights());
        assertEquals(fromZip.momentum(), kept.momentum());
    }

    @Test
    void theSideCanBeChosenAmongThoseThatFit() throws IOException {
        var notices = read(fixture("zip.pth.tar")).notices();
        assertTrue(notices.toString().contains("64 pixels are taken"), notices.toString());
        var chosen = read(fixture("zip.pth.tar"), new Hints(Optional.empty(), OptionalInt.of(70), List.of()));
        assertEquals(70, chosen.checkpoint().manifest().model().inputSide());
        assertTrue(refused(fixture("zip.pth.tar"), new Hints(Optional.empty(), OptionalInt.of(224), List.of()))
                .contains("classifier.1.weight of shape [2, 3] instead of [2, 108]"));
    }

    @Test
    void anotherNetworkIsRefusedWithWhatDiffers() throws IOException {
        var state = Networks.state(Networks.alexNet(true, 64), 3);
        var file = write(state, "alexnet", 5, names -> names.replace("features.0.bias", "features.0.beta"));
        var message = refused(file, Hints.NONE);
        assertTrue(message.contains("no features.0.bias") && message.contains("features.0.beta too much"), message);
    }

    @Test
    void anArchThatIsNotInstalledIsNamed() throws IOException {
        var file = write(Networks.state(Networks.alexNet(true, 64), 3), "resnet18", 5, name -> name);
        var message = refused(file, Hints.NONE);
        assertTrue(
                message.contains("'resnet18'") && message.contains("alexnet") && message.contains("--arch"), message);
        var known = read(file, new Hints(Optional.of("alexnet"), OptionalInt.empty(), List.of()));
        assertEquals("alexnet", known.checkpoint().manifest().model().backbone());
    }

    @Test
    void aStateDictAloneOfAnOldPyTorchIsEnough() throws IOException {
        // No arch, no optimizer, no Sobel, no counters, no head; each backbone is tried.
        var state = new LinkedHashMap<>(
                Networks.state(Networks.alexNet(false, 64), 0).asMap());
        state.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
        var result = read(write(new NamedTensors(state), null, 0, name -> "module." + name));
        var weights = new LinkedHashMap<>(result.checkpoint().weights().asMap());
        assertEquals(Tensor.of(new long[] {0}), weights.get("features.1.num_batches_tracked"));
        weights.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
        assertEquals(state, weights);
        assertEquals(0, result.checkpoint().manifest().model().headClasses());
        assertEquals(Phase.TRAINING, result.checkpoint().manifest().position().phase());
        assertTrue(result.notices().toString().contains("no optimizer"));
    }

    @Test
    void sobelShowsInTheChannelsOfTheFirstConvolution() throws IOException {
        var network = Networks.alexNet(true, 64);
        var state = new LinkedHashMap<>(Networks.state(network, 0).asMap());
        state.keySet().removeIf(name -> name.startsWith("sobel."));
        var weights = read(write(new NamedTensors(state), "alexnet", 1, name -> name))
                .checkpoint()
                .weights();
        assertArrayEquals(
                new float[] {1, 0, -1, 2, 0, -2, 1, 0, -1, 1, 2, 1, 0, 0, 0, -1, -2, -1},
                weights.get("sobel.1.weight").floats());
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        var state = Networks.state(Networks.alexNet(true, 64), 3);
        state.get("features.0.bias").floats()[0] = Float.NaN;
        assertTrue(refused(write(state, "alexnet", 5, name -> name), Hints.NONE).contains("features.0.bias holds NaN"));
    }

    @Test
    void filesWithoutAStateDictSaySo() throws IOException {
        var pickle = PickleBytes.python3().dictionary().text("epoch").number(3).end();
        assertTrue(refused(new TorchBytes().zip(folder.resolve("empty.pth"), pickle.stop()), Hints.NONE)
                .contains("no state_dict, only [epoch]"));
        assertFalse(CheckpointImport.reads(Files.writeString(folder.resolve("text"), "text")));
        assertTrue(CheckpointImport.reads(fixture("stream.pth.tar")));
    }

    @Test
    void anOptimizerOfOtherParametersIsLeftOutWithANotice() throws IOException {
        var state = Networks.state(Networks.alexNet(true, 64), 3);
        var result = read(write(state, "alexnet", 5, name -> name, Map.of(7L, Tensor.of(new float[3], 3))));
        assertTrue(
                result.notices().toString().contains("momentum begins at 0"),
                result.notices().toString());
        assertTrue(result.checkpoint().momentum().names().isEmpty());
    }

    @Test
    void momentumOfAnOldPyTorchIsFoundByTheAddressesOfParameters() throws IOException {
        var network = Networks.alexNet(true, 64);
        var state = Networks.state(network, 3);
        var buffers = new LinkedHashMap<Long, Tensor>();
        var trained = network.parameters().stream().filter(Parameter::trained).toList();
        for (var i = 0; i < trained.size(); i++) {
            var values = new float[trained.get(i).size()];
            Arrays.fill(values, i);
            buffers.put(139_000_000L - 64L * i, new Tensor(trained.get(i).shape(), values));
        }
        Checkpoint checkpoint =
                read(write(state, "alexnet", 5, name -> name, buffers)).checkpoint();
        assertEquals(trained.size(), checkpoint.momentum().names().size());
        assertEquals(2f, checkpoint.momentum().get(trained.get(2).name()).floats()[0]);
    }

    /** {@code ((i * 7919) mod 1000) / 500 - 1}, i over 3x64x64. */
    private static float[] generatedImage() {
        var values = new float[3 * 64 * 64];
        for (var i = 0; i < values.length; i++) {
            values[i] = i * 7919 % 1000 / 500f - 1;
        }
        return values;
    }

    private interface Renaming {
        String rename(String name);
    }

    private Path write(NamedTensors state, @Nullable String arch, int epoch, Renaming renaming) throws IOException {
        return write(state, arch, epoch, renaming, Map.of());
    }

    /** A stream file as Python 2 wrote it; without an arch nothing but the state. */
    private Path write(
            NamedTensors state, @Nullable String arch, int epoch, Renaming renaming, Map<Long, Tensor> momentum)
            throws IOException {
        var torch = new TorchBytes();
        var pickle = PickleBytes.python2().dictionary();
        if (arch != null) {
            pickle.text("epoch")
                    .number(epoch)
                    .text("arch")
                    .text(arch)
                    .text("state_dict")
                    .dictionary();
        }
        state.asMap().forEach((name, tensor) -> {
            pickle.text(renaming.rename(name));
            tensor(torch, pickle, tensor);
        });
        if (arch != null) {
            pickle.end();
            if (!momentum.isEmpty()) {
                pickle.text("optimizer").dictionary().text("state").dictionary();
                momentum.forEach((address, tensor) -> {
                    pickle.number(address.intValue()).dictionary().text("momentum_buffer");
                    tensor(torch, pickle, tensor);
                    pickle.end();
                });
                pickle.end()
                        .text("param_groups")
                        .op(']')
                        .dictionary()
                        .text("params")
                        .op(']')
                        .mark();
                new ArrayList<>(momentum.keySet()).forEach(address -> pickle.number(address.intValue()));
                pickle.op('e').end().op('a').end();
            }
        }
        return torch.stream(folder.resolve("old.pth.tar"), pickle.end().stop());
    }

    private static void tensor(TorchBytes torch, PickleBytes pickle, Tensor tensor) {
        var shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
        if (tensor.values() instanceof float[] values) {
            torch.floats(pickle, shape, values);
        } else {
            torch.tensor(pickle, "LongStorage", 1, new byte[8], 0, new long[0], new long[0]);
        }
    }
}
