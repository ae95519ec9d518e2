package io.uad.plugin.engine.libtorch;

import io.uad.api.image.FilterTaps;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Takes the views of images on a device, in the integers of {@link io.uad.api.image.Resampler}: the bytes are the same, and so
 * are the floats that normalisation makes of them. Only the boxes of the views travel there, as bytes.
 */
final class DeviceViews {
    /** Of boxes, or of their views where these are larger, that are filtered at once; the passes take some ten times as much. */
    private static final long MOST_BYTES = 64 << 20;

    private static final int ROWS = 1;
    private static final int COLUMNS = 2;

    private final Transfer transfer;
    private final long mostBytes;

    /** @param transfer to the device */
    DeviceViews(Transfer transfer) {
        this(transfer, MOST_BYTES);
    }

    /** @param mostBytes of boxes that are filtered at once; one of them is, whatever it takes */
    DeviceViews(Transfer transfer, long mostBytes) {
        this.transfer = transfer;
        this.mostBytes = mostBytes;
    }

    /** The normalised views, {@code [B, 3, side, side]} with channels last in memory; lives as long as the scope. */
    Tensor of(ImageBatch batch) {
        var side = batch.shape().height();
        var views = transfer.allocate(ScalarType.Byte, batch.size(), side, side, ViewBoxes.CHANNELS);
        for (var first = 0; first < batch.size(); ) {
            try (var scope = new PointerScope()) {
                var boxes = ViewBoxes.of(batch, first, mostBytes);
                views.narrow(0, first, boxes.count()).copy_(taken(boxes));
                first += boxes.count();
            }
        }
        return normalized(views, batch.normalization()).permute(0, 3, 1, 2);
    }

    /** {@code [boxes, side, side, 3]}. */
    private Tensor taken(ViewBoxes boxes) {
        var pixels = transfer.bytes(boxes::writeTo, boxes.count(), boxes.height(), boxes.width(), ViewBoxes.CHANNELS);
        if (boxes.areTaken()) {
            return pixels;
        }
        var narrow = filtered(pixels, COLUMNS, boxes.taps(FilterTaps::columns));
        return filtered(narrow, ROWS, boxes.taps(FilterTaps::rows));
    }

    /**
     * One pass.
     *
     * @param pixels {@code [boxes, height, width, 3]}
     * @param axis the one along which pixels are added up
     * @param taps one per box
     */
    private Tensor filtered(Tensor pixels, int axis, List<FilterTaps> taps) {
        var table = new TapTable(taps, (int) pixels.size(axis));
        var sides = pixels.sizes().vec().get();
        sides[axis] = table.side();
        var perBox = new long[] {table.most(), table.boxes(), 1, 1, 1};
        perBox[1 + axis] = table.side();
        var places = transfer.toDevice(Transfer.of(table.places())).view(perBox).to(ScalarType.Long);
        var weights = transfer.toDevice(Transfer.of(table.weights())).view(perBox);
        var sums = torch.full(sides, new Scalar(1 << (FilterTaps.PRECISION - 1)), transfer.options(ScalarType.Int));
        for (var tap = 0; tap < table.most(); tap++) {
            try (var scope = new PointerScope()) {
                var chosen = pixels.gather(axis, places.select(0, tap).expand(sides));
                sums.add_(chosen.to(ScalarType.Int).mul_(weights.select(0, tap)));
            }
        }
        return sums.bitwise_right_shift_(new Scalar(FilterTaps.PRECISION))
                .clamp_(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(255)))
                .to(ScalarType.Byte);
    }

    /** Divides by tensors: a device may multiply by the reciprocal of a number, which rounds otherwise. */
    private Tensor normalized(Tensor bytes, Normalization normalization) {
        return bytes.to(ScalarType.Float)
                .div_(perChannel(List.of(255f, 255f, 255f)))
                .sub_(perChannel(normalization.mean()))
                .div_(perChannel(normalization.deviation()));
    }

    private Tensor perChannel(List<Float> values) {
        var floats = new float[values.size()];
        for (var channel = 0; channel < floats.length; channel++) {
            floats[channel] = values.get(channel);
        }
        return transfer.create(floats, floats.length);
    }
}
