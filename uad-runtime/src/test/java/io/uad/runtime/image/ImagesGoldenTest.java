package io.uad.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.Resampler;
import io.uad.api.image.View;
import io.uad.testkit.golden.Golden;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Bytes as Pillow 9.4 decodes and resizes them, tensors as torchvision 0.14 makes them. */
class ImagesGoldenTest {
    private static final int SIDE = 224;
    private static final JsonNode FILE = Golden.file("images.json");

    /** The number that the sentence begins with: bytes are equal, so that only float32 rounding is left. */
    private static final double TENSOR_TOLERANCE =
            Double.parseDouble(FILE.get("tolerances").get("tensor").asText().split(" ")[0]);

    @TestFactory
    Stream<DynamicTest> filesDecodeAndResizeToEqualBytes() {
        return Golden.list(FILE.get("files")).stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("file").asText(), () -> {
                    var image = decode(entry);
                    assertBytes(entry.get("decoded"), image);
                    assertEvaluation(entry, image);
                }));
    }

    @TestFactory
    Stream<DynamicTest> generatedPicturesResizeToEqualBytes() {
        return Golden.list(FILE.get("synthetic")).stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    var image = picture(entry);
                    assertBytes(entry.get("source"), image);
                    assertEvaluation(entry, image);
                    for (var box : Golden.list(entry.get("boxes"))) {
                        var view = new View(
                                box.get("left").asInt(),
                                box.get("top").asInt(),
                                box.get("width").asInt(),
                                box.get("height").asInt(),
                                SIDE,
                                SIDE,
                                false,
                                0,
                                0,
                                SIDE);
                        assertBytes(box.get("resized_224"), Resampler.apply(image, view));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> tenCropsEqualTorchvisions() {
        return Golden.list(FILE.get("ten_crop")).stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("file").asText(), () -> {
                    var image = decode(entry);
                    var views = Views.tenCrops(image.width(), image.height(), SIDE);
                    var crops = Golden.list(entry.get("crops"));
                    assertEquals(crops.size(), views.size());
                    for (var i = 0; i < views.size(); i++) {
                        var view = views.get(i);
                        assertArrayEquals(
                                Golden.ints(entry.get("resized")),
                                new int[] {view.resizedWidth(), view.resizedHeight()});
                        assertArrayEquals(
                                Golden.ints(entry.get("boxes_top_left").get(i)),
                                new int[] {view.windowTop(), view.windowLeft()});
                        assertEquals(entry.get("mirrored_image").get(i).asBoolean(), view.mirrored());
                        assertTensor(crops.get(i), Resampler.apply(image, view));
                    }
                }));
    }

    /** Checks size of the resized image, its bytes, the centre crop and the tensor. */
    private static void assertEvaluation(JsonNode entry, Image image) {
        var view = Views.evaluation(image.width(), image.height(), SIDE);
        var resized = entry.get("resized_256");
        assertArrayEquals(Golden.ints(resized.get("size")), new int[] {view.resizedWidth(), view.resizedHeight()});
        var cropped = Resampler.apply(image, view);
        assertBytes(entry.get("cropped_224"), cropped);
        assertTensor(entry.get("tensor"), cropped);
        assertBytes(resized, whole(image, view));
    }

    /** The resized image, put together from squares as large as its short side. */
    private static Image whole(Image image, View view) {
        var width = view.resizedWidth();
        var height = view.resizedHeight();
        var side = Math.min(width, height);
        var rgb = new byte[width * height * 3];
        for (var top = 0; top < height; top += side) {
            for (var left = 0; left < width; left += side) {
                var x = Math.min(left, width - side);
                var y = Math.min(top, height - side);
                var square = Resampler.apply(
                        image, new View(0, 0, image.width(), image.height(), width, height, false, x, y, side));
                for (var row = 0; row < side; row++) {
                    System.arraycopy(square.rgb(), row * side * 3, rgb, ((y + row) * width + x) * 3, side * 3);
                }
            }
        }
        return new Image(width, height, rgb);
    }

    private static void assertBytes(JsonNode entry, Image image) {
        assertArrayEquals(Golden.ints(entry.get("size")), new int[] {image.width(), image.height()});
        var index = Golden.ints(entry.get("index"));
        var value = Golden.ints(entry.get("value"));
        for (var i = 0; i < index.length; i++) {
            assertEquals(value[i], image.rgb()[index[i]] & 0xFF, "byte " + index[i]);
        }
        var crc = new CRC32();
        crc.update(image.rgb());
        assertEquals(entry.get("crc32").asLong(), crc.getValue());
    }

    private static void assertTensor(JsonNode entry, Image image) {
        var batch = new ImageBatch(List.of(image), List.of(View.whole(SIDE)), Normalization.IMAGENET);
        var tensor = new float[3 * SIDE * SIDE];
        batch.writeTo(FloatBuffer.wrap(tensor));
        var index = Golden.ints(entry.get("index"));
        var value = Golden.doubles(entry.get("value"));
        for (var i = 0; i < index.length; i++) {
            assertEquals(value[i], tensor[index[i]], TENSOR_TOLERANCE, "value " + index[i]);
        }
    }

    private static Image decode(JsonNode entry) throws IOException {
        return new ImageDecoder(false)
                .decode(GoldenPictures.read(entry.get("file").asText()));
    }

    /** The generator of the golden files' README. */
    private static Image picture(JsonNode entry) {
        var size = Golden.ints(entry.get("source").get("size"));
        var name = entry.get("name").asText();
        var generator = Golden.generator();
        var rgb = new byte[size[0] * size[1] * 3];
        for (var i = 0; i < rgb.length; i++) {
            var channel = i % 3;
            var x = i / 3 % size[0];
            var y = i / 3 / size[0];
            rgb[i] = (byte) (x * (3 + channel) + y * (5 - channel) + (int) (generator.bits(name, i) >> 18));
        }
        return new Image(size[0], size[1], rgb);
    }
}
