package io.uad.cli;

import io.uad.runtime.UadRun;
import io.uad.runtime.checkpoint.RunFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad plan}. */
@Command(
        name = "plan",
        description = {
            "Say what 'uad train' with the same flags would take: images, feature columns, memory, disk, seconds; and what is"
                    + " likely to go wrong, with what to do about it. Nothing is written.",
            "What train would refuse is refused here by the same words and exit code. Times are estimates, from a"
                    + " calibration of some seconds.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad plan photos/ --exp exp/photos --k 100 --epochs 20 --batch 64",
            "  uad plan photos/ --config deepcluster --set image.size=64",
            "  uad plan photos/ --k 100 --set engine.plugin=libtorch --processes 4",
            "  uad plan --config my.yaml --no-calibration    sizes only",
            "  uad plan --config my.yaml --json              for programs",
        })
final class PlanCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunFlags flags = new RunFlags();

    @Mixin
    private PlannedProcesses processes = new PlannedProcesses();

    @Option(names = "--no-calibration", description = "Measure nothing: without estimates of time.")
    private boolean withoutCalibration;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PlanCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        processes.check();
        var config = flags.read(environment, flags.base(environment));
        config.notices().forEach(notice -> Notes.print(spec, notice));
        var mode = flags.overwrites() ? RunFolder.Mode.OVERWRITE : RunFolder.Mode.FRESH;
        var run = UadRun.of(config);
        var plan = environment
                .interruption()
                .during(
                        run::stop,
                        () -> run.plan(
                                processes.topology(),
                                mode,
                                !withoutCalibration,
                                sentence -> Notes.print(spec, sentence)));
        if (plan.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        var report = new PlanReport(plan.get());
        if (json) {
            Json.print(spec.commandLine().getOut(), report.values());
        } else {
            report.print(
                    spec.commandLine().getOut(),
                    TrainCommandLine.of(
                            spec, spec.root().commandLine().getParseResult().originalArgs(), processes.addition()));
        }
        return 0;
    }
}
