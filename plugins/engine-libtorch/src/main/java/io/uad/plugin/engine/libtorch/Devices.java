package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.DeviceChoice;
import io.uad.api.engine.DeviceInfo;
import io.uad.plugin.engine.common.Processor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** The devices that the library sees, by the names that the configuration gives them. */
final class Devices {
    private Devices() {}

    /**
     * A device that works.
     *
     * @param reason why this one, for people; empty if it was asked for
     */
    record Opened(LibtorchDevice device, String reason) {}

    static Opened open(DeviceChoice choice) {
        choice.require(0, "this is the build for the CPU");
        return new Opened(
                new LibtorchDevice(new Device(DeviceType.CPU).retainReference(), Processor.device()),
                choice.kind() == DeviceChoice.Kind.AUTO ? "this PyTorch is the CPU build" : "");
    }

    static List<DeviceInfo> all() {
        return new ArrayList<>(List.of(Processor.device()));
    }
}
