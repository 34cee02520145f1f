package themes

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The largest theme file, in bytes, and the most of them in a directory.
const (
	maxFile  = 64 << 10
	maxFiles = 256
)

// LoadDir reads the theme files of a directory: each file that ends in ".toml"
// and does not begin with a dot. The themes come in the order of their files.
// Files that are wrong are left out, and the errors, each a [*FileError], say
// why. A directory that does not exist has no themes.
func LoadDir(dir string) ([]*Theme, []error) {
	paths, problems := list(dir)
	own := drafts{byName: map[string]*draft{}}
	for _, path := range paths {
		data, problem := read(path)
		if problem != nil {
			problems = append(problems, problem)
			continue
		}
		d, wrong := parse(path, data)
		problems = append(problems, wrong...)
		if d == nil {
			continue
		}
		if problem := own.add(d); problem != nil {
			problems = append(problems, problem)
		}
	}
	themes, wrong := own.themes()
	var errs []error
	for _, problem := range append(problems, wrong...) {
		errs = append(errs, problem)
	}
	return themes, errs
}

// list is the theme files of a directory in the order of their names.
func list(dir string) (paths []string, problems []*FileError) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		problems = append(problems, &FileError{
			File: dir, Err: err,
			What: "failed to list the themes: " + reason(err) + "; make it a directory that you may read",
		})
	}
	for _, entry := range entries {
		if name := entry.Name(); strings.HasSuffix(name, ext) && !strings.HasPrefix(name, ".") {
			paths = append(paths, filepath.Join(dir, name))
		}
	}
	slices.Sort(paths)
	if more := len(paths) - maxFiles; more > 0 {
		paths = paths[:maxFiles]
		problems = append(problems, &FileError{
			File: dir,
			What: fmt.Sprintf("%d theme files too many: only the first %d are read; move some away", more, maxFiles),
		})
	}
	return paths, problems
}

// read is the text of a theme file. What is not a regular file is not opened:
// a pipe would be waited for.
func read(path string) ([]byte, *FileError) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, &FileError{File: path, What: "it is not a regular file; move it away, or rename it"}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	if len(data) > maxFile {
		return nil, &FileError{File: path, What: "it is larger than 64 KiB; a theme needs a few lines"}
	}
	return data, nil
}

func unreadable(path string, err error) *FileError {
	return &FileError{File: path, Err: err, What: "failed to read it: " + reason(err) + "; make it a file that you may read"}
}

// reason is an error of the file system without the path, which comes first.
func reason(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err.Error()
	}
	return err.Error()
}
