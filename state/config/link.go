package config

import (
	"errors"
	"os"
	"path/filepath"
)

// maxLinks is how many links one is led through.
const maxLinks = 40

// linkTarget is the file that path leads to: path itself, unless that is a
// link. What replaces a file by its name would replace the link. The file need
// not be there.
func linkTarget(path string) (string, error) {
	target := path
	for range maxLinks {
		info, err := os.Lstat(target)
		if err != nil || info.Mode().Type() != os.ModeSymlink {
			return target, nil // whatever is wrong shows when it is read
		}
		next, err := os.Readlink(target)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(target), next)
		}
		target = next
	}
	return "", &os.PathError{Op: "readlink", Path: path, Err: errors.New("it is a link that leads through too many others")}
}
