package io.uad.runtime.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Linux knows of NVIDIA's GPUs, whether or not an engine can use them. */
public final class GraphicsProcessors {
    private static final String NVIDIA = "0x10de";
    /** Display controllers of any kind. */
    private static final String DISPLAY = "0x03";

    private final Path driver;
    private final Path devices;

    /** Of this machine. */
    public GraphicsProcessors() {
        this(Path.of("/proc/driver/nvidia"), Path.of("/sys/bus/pci/devices"));
    }

    /**
     * @param driver the folder that a loaded driver shows
     * @param devices that of all devices on the bus
     */
    GraphicsProcessors(Path driver, Path devices) {
        this.driver = driver;
        this.devices = devices;
    }

    /** A line for each, with the driver that runs it or that is missing; empty if there is none. */
    public List<String> found() {
        var running = new ArrayList<String>();
        var version = driverVersion();
        for (var gpu : folders(driver.resolve("gpus"))) {
            for (var line : lines(gpu.resolve("information"))) {
                if (line.startsWith("Model:")) {
                    running.add(line.substring("Model:".length()).strip() + ", driver " + version);
                }
            }
        }
        if (!running.isEmpty()) {
            return running;
        }
        var silent = new ArrayList<String>();
        for (var device : folders(devices)) {
            var isNvidia = lines(device.resolve("vendor")).contains(NVIDIA);
            if (isNvidia && lines(device.resolve("class")).stream().anyMatch(line -> line.startsWith(DISPLAY))) {
                silent.add("an NVIDIA GPU at " + device.getFileName()
                        + " that no driver runs: install NVIDIA's driver, or load its kernel module");
            }
        }
        return silent;
    }

    /** The number in {@code NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue ...}. */
    private String driverVersion() {
        return lines(driver.resolve("version")).stream()
                .filter(line -> line.startsWith("NVRM version:"))
                .flatMap(line -> List.of(line.split("\\s+")).stream())
                .filter(word -> word.matches("\\d+\\.\\d+(\\.\\d+)?"))
                .findFirst()
                .orElse("of an unknown version");
    }

    private static List<Path> folders(Path parent) {
        var folders = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(parent)) {
            entries.forEach(folders::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // no such driver, or no such system
        }
        folders.sort(null);
        return folders;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
