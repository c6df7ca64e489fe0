package org.openmargin.experiment.wiring.runtime;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.function.Consumer;
import org.openmargin.config.v1.ImagePlacementConfig;
import org.openmargin.config.v1.RuntimeConfig;
import org.openmargin.data.WorkListener;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.FeedSettings;

/** Binds where graphs run and where images are kept, by {@code runtime}. */
public final class RuntimeModule extends AbstractModule {
  private final RuntimeConfig config;

  public RuntimeModule(RuntimeConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  RuntimeRequest request(RuntimeSettings settings) {
    var device =
        switch (config.getDevice()) {
          case AUTO -> DeviceChoice.AUTO;
          case CPU -> DeviceChoice.CPU;
          case GPU -> DeviceChoice.GPU;
        };
    var environment =
        new RuntimeEnvironment(
            config.getDeterministic(),
            config.getTf32(),
            config.getCudaCacheDir(),
            config.getCudaCacheMib());
    return new RuntimeRequest(device, settings, environment);
  }

  @Provides
  @Singleton
  RuntimeSettings settings() {
    return new RuntimeSettings(
        RuntimeSettings.Device.CPU,
        config.getDeterministic(),
        new RuntimeSettings.Kernels(config.getXla(), config.getWinograd()),
        new RuntimeSettings.Threads(config.getIntraOpThreads(), config.getInterOpThreads()),
        new RuntimeSettings.Gpu(
            config.getGpuIndex(), config.getGpuMemoryGrowth(), config.getGpuMemoryFraction()),
        parallel());
  }

  private RuntimeSettings.Parallel parallel() {
    return switch (config.getParallelCase()) {
      case DATA_PARALLEL -> {
        var parallel = config.getDataParallel();
        yield new RuntimeSettings.Parallel(
            parallel.getDevices(),
            switch (parallel.getBatchStatistics()) {
              case SYNCHRONISED -> true;
              case OF_EACH_DEVICE -> false;
            });
      }
      case PARALLEL_NOT_SET -> RuntimeSettings.Parallel.NONE;
    };
  }

  @Provides
  @Singleton
  ImageStorage storage(Consumer<String> notices, WorkListener work) {
    var images = config.getImages();
    return ImageCache.storage(images.getCacheDirectory(), residentBytes(images), notices)
        .withFolderOf((long) images.getCacheLimitMib() << 20)
        .following(work);
  }

  @Provides
  @Singleton
  FeedSettings feeding(ImageStorage storage) {
    var images = config.getImages();
    var place =
        switch (images.getPlace()) {
          case AUTO -> FeedSettings.Place.AUTO;
          case RESIDENT -> FeedSettings.Place.RESIDENT;
          case STREAMED -> FeedSettings.Place.STREAMED;
        };
    var readers = images.getReaderThreads();
    return new FeedSettings(
        place,
        residentBytes(images),
        readers == 0 ? FeedSettings.defaultReaders() : readers,
        images.getPrefetchBatches(),
        storage.withFilesForLaterStarts());
  }

  private static long residentBytes(ImagePlacementConfig images) {
    return (long) images.getResidentLimitMib() << 20;
  }
}
