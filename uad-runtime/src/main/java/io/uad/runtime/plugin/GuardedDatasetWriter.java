package io.uad.runtime.plugin;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.DatasetWriter;
import io.uad.api.dataset.Sample;
import java.io.IOException;

/** A writer whose failures name it; that something cannot be written is none. */
record GuardedDatasetWriter(RegisteredComponent component, DatasetWriter writer) implements DatasetWriter {
    @Override
    public void add(Sample sample, Content content) throws IOException {
        run("add()", () -> writer.add(sample, content));
    }

    @Override
    public void leaveOut(Sample sample) throws IOException {
        run("leaveOut()", () -> writer.leaveOut(sample));
    }

    @Override
    public void finish() throws IOException {
        run("finish()", writer::finish);
    }

    private interface Call {
        void run() throws IOException;
    }

    private void run(String name, Call call) throws IOException {
        PluginContract.guard(component, name, IOException.class, () -> {
            call.run();
            return component;
        });
    }
}
