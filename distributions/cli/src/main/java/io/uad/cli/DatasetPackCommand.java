package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.Mebibytes;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.NamedData;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.image.StoredForm;
import io.uad.runtime.packing.Packing;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad dataset pack}. */
@Command(
        name = "pack",
        description = {
            "Copy the images of a folder into one memory-mapped file, with their names, labels and checksums. It is named wherever "
                    + "a folder of images is, and refused once the folder has other images.",
            "An evaluation sees the same bytes in it if they are raw and the short side is what it resizes to: 256 for "
                    + "image.size=224, the size times 8/7 in general. Random crops are cut out of the resized images; with --short-side none they are the "
                    + "same, too, unless JPEG changes them.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad dataset pack photos/ -o photos.uadpack",
            "  uad dataset pack photos/ -o photos.uadpack --short-side 384 --encoding jpeg",
            "  uad dataset pack labelled/train -o packed/train.uadpack",
        })
final class DatasetPackCommand implements Callable<Integer> {
    private static final String KEEP_SIZE = "none";
    private static final int LONGEST_SHORT_SIDE = 65_535;

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Folder of images, flat or nested, or a packed file.")
    private Path data = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "A name that ends in " + NamedData.PACKED_ENDING + ".")
    private Path output = Path.of("");

    @Option(
            names = "--short-side",
            paramLabel = "N|none",
            defaultValue = "256",
            description = "What the short side of larger images is resized to, in pixels. Default: ${DEFAULT-VALUE}.")
    private String shortSide = "256";

    @Option(
            names = "--encoding",
            paramLabel = "HOW",
            defaultValue = "raw",
            completionCandidates = EncodingNames.class,
            description =
                    "${COMPLETION-CANDIDATES}. Raw pixels need no decoding and, at 256 pixels, some 0.25 MB each; JPEG is "
                            + "smaller, must be decoded, and changes pixels a little. Default: ${DEFAULT-VALUE}.")
    private StoredForm.Encoding encoding = StoredForm.Encoding.RAW;

    @Option(
            names = "--quality",
            paramLabel = "Q",
            defaultValue = "95",
            description =
                    "Of --encoding jpeg only, 1 to 100. A JPEG file that keeps its size is copied as it is. Default: ${DEFAULT-VALUE}.")
    private int quality;

    @Option(
            names = "--exif-orientation",
            description =
                    "Turn photographs upright as their EXIF data says; image.exif-orientation does not turn packed ones.")
    private boolean exifOrientation;

    @Option(names = "--overwrite", description = "Replace the file if it exists.")
    private boolean overwrite;

    @Mixin
    private WorkerFlags workers = new WorkerFlags();

    @Mixin
    private SetFlags assignments = new SetFlags();

    @Option(names = "--json", description = "Print what was written as JSON on standard output.")
    private boolean json;

    DatasetPackCommand(Environment environment) {
        this.environment = environment;
    }

    /** As one types them. */
    static final class EncodingNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(StoredForm.Encoding.values())
                    .map(encoding -> encoding.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    @Override
    public Integer call() {
        checkOutput();
        var form = form();
        var layers = new ArrayList<>(NamedData.layers("DIR", data, List.of()));
        if (exifOrientation) {
            layers.add(ConfigLayer.assignment("--exif-orientation", "image.exif-orientation", "true"));
        }
        layers.addAll(workers.overrides("[console]", assignments.assignments()));
        var config = environment.reader().read(layers).withAbsolutePaths();
        var packing = new Packing(config, environment.registry().find(Stage.DATASET, NamedData.PACKED), output, form);
        var result = environment.interruption().during(packing::stop, packing::execute);
        if (result.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        report(result.get());
        return 0;
    }

    private void report(Packing.Result written) {
        if (json) {
            var values = new LinkedHashMap<String, Object>();
            values.put("file", written.file().toString());
            values.put("images", written.images());
            values.put("bytes", written.bytes());
            values.put("seconds", written.seconds());
            values.put("leftOut", written.leftOut().stream().map(BadImage::path).toList());
            Json.print(spec.commandLine().getOut(), values);
            return;
        }
        Notes.print(
                spec,
                written.file() + ": " + written.images() + " images, " + Mebibytes.of(written.bytes()) + ", "
                        + String.format(Locale.ROOT, "%.1f s", written.seconds())
                        + (written.leftOut().isEmpty()
                                ? ""
                                : "; " + written.leftOut().size() + " left out")
                        + "; use it as a folder: uad train " + written.file());
    }

    private void checkOutput() {
        if (!NamedData.isPacked(output)) {
            throw UadException.config(
                    Files.isDirectory(output) ? "it is a folder" : "found the name " + output.getFileName(),
                    "-o " + output,
                    "a file whose name ends in " + NamedData.PACKED_ENDING + ", by which it is known",
                    "Name such a file");
        }
        if (Files.exists(output) && !overwrite) {
            throw UadException.config(
                    "the file exists",
                    output.toString(),
                    "a new file",
                    "Choose another name with -o, or replace it by --overwrite");
        }
    }

    private StoredForm form() {
        if (encoding != StoredForm.Encoding.JPEG
                && spec.commandLine().getParseResult().hasMatchedOption("--quality")) {
            throw UadException.config(
                    "raw pixels have no quality",
                    "--quality",
                    "it with --encoding jpeg only",
                    "Leave it out, or add --encoding jpeg");
        }
        if (quality < 1 || quality > 100) {
            throw UadException.config("found " + quality, "--quality", "1 to 100", "Correct it");
        }
        return new StoredForm(shortSide(), encoding, quality);
    }

    private OptionalInt shortSide() {
        if (shortSide.equals(KEEP_SIZE)) {
            return OptionalInt.empty();
        }
        try {
            var pixels = Integer.parseInt(shortSide);
            if (pixels >= 1 && pixels <= LONGEST_SHORT_SIDE) {
                return OptionalInt.of(pixels);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw UadException.config(
                "found " + shortSide,
                "--short-side",
                "1 to " + LONGEST_SHORT_SIDE + " pixels, or " + KEEP_SIZE + " to keep every size",
                "Correct it");
    }
}
