package io.uad.cli;

import io.uad.api.engine.NativesRequest;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad engines install}. */
@Command(
        name = "install",
        description = {
            "Give an engine the native libraries that it computes with from now on.",
            "They are taken from the folder of --libtorch, else fetched by the engine's own library, which for a GPU "
                    + "are some gigabytes. With --flavor cpu the engine goes back to what it comes with.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad engines install djl --flavor cu128",
            "  uad engines install djl --flavor cu128 --libtorch libtorch/",
            "  uad engines install djl --flavor cpu",
        })
final class EngineInstallCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The engine's name, such as djl.")
    private String name = "";

    @Option(
            names = "--flavor",
            required = true,
            description = "cpu for what the engine comes with, else what its library calls a build, such as cu128.")
    private String flavor = "";

    @Option(
            names = "--libtorch",
            paramLabel = "DIR",
            description = "Take them from here: an unpacked libtorch, or torch/lib of a Python installation.")
    private @Nullable Path libtorch;

    EngineInstallCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var engine = environment.registry().find(Stage.ENGINE, name);
        var stopped = new AtomicBoolean();
        var progress = new ByteProgress(sentence -> Notes.print(spec, sentence), () -> {
            if (stopped.get()) {
                throw new CancellationException("the installation was asked to stop");
            }
        });
        var request = new NativesRequest(
                flavor, Optional.ofNullable(libtorch), progress, sentence -> Notes.print(spec, sentence));
        var installed =
                environment.interruption().during(() -> stopped.set(true), () -> engine.installNatives(request));
        if (installed.isEmpty()) {
            Notes.print(spec, "Stopped; everything is as it was.");
            return Interruption.EXIT_CODE;
        }
        var out = spec.commandLine().getOut();
        out.println(engine.name() + " " + flavor + ": "
                + installed.get().map(Path::toString).orElse("the natives that it comes with"));
        out.flush();
        Notes.print(spec, "Next: 'uad doctor' says which device is used, and why.");
        return 0;
    }
}
